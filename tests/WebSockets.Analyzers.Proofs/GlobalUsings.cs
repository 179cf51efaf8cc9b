global using WebSockets.Analyzers.Proofs.Rig;
global using WebSockets.Analyzers.Tests.Verification;
global using Xunit;
