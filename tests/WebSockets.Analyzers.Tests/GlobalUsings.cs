global using WebSockets.Analyzers.Tests.Verification;
global using Xunit;
