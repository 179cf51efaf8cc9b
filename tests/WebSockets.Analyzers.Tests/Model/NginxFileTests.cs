using System.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using WebSockets.Analyzers.Model.Nginx;

namespace WebSockets.Analyzers.Tests.Model;

/// <summary>The reader of nginx files takes what nginx takes, and bears everything else.</summary>
public class NginxFileTests
{
    [Theory]
    [InlineData("listen 443 ssl;", "listen(443,ssl)")]
    [InlineData("\uFEFFlisten\t443\r\n  ssl\r\n;", "listen(443,ssl)")]
    [InlineData("server { listen 80; location / { proxy_pass http://a; } } # end", "server{listen(80) location(/){proxy_pass(http://a)}}")]
    [InlineData("location ~ \\.php$ { }", "location(~,\\.php$){}")]
    [InlineData("location ~ \"^/[0-9]{4}$\" { }", "location(~,^/[0-9]{4}$){}")]
    [InlineData("location ^~/ws{return 200;}", "location(^~/ws){return(200)}")]
    [InlineData("add_header X \"a;b}{ # no comment\"; add_header Y 'it\\'s \"';", "add_header(X,a;b}{ # no comment) add_header(Y,it's \")")]
    [InlineData("set $a \"\"; set $b a\\;b;", "set($a,) set($b,a\\;b)")]
    [InlineData("log_format x '\\t\\\\n';", "log_format(x,\t\\n)")]
    [InlineData("proxy_pass http://${HOST}:${PORT}/;", "proxy_pass(http://${HOST}:${PORT}/)")]
    [InlineData("return 200 a#b; # comment } {", "return(200,a#b)")]
    [InlineData("map $http_upgrade $connection_upgrade { default upgrade; '' close; }", "map($http_upgrade,$connection_upgrade){default(upgrade) (close)}")]
    [InlineData(";;", "")]
    [InlineData("", "")]
    [InlineData("# nothing", "")]
    public void A_whole_file(string text, string expected)
    {
        var file = Read(text);
        Assert.Equal(expected, Show(file.Directives));
        Assert.True(file.IsWhole);
    }

    [Theory]
    [InlineData("server_name {{ domain }}; proxy_pass http://{{host}}:{{ port }}/x;", "server_name({{ domain }}) proxy_pass(http://{{host}}:{{ port }}/x)")]
    [InlineData("{% if tls %}\nlisten 443 ssl;\n{% endif %}", "listen(443,ssl)")]
    [InlineData("listen <%= port %>; <% if x { %> ssl on; <% } %>", "listen(<%= port %>) ssl(on)")]
    [InlineData("content_by_lua_block { if a then -- }\n ngx.say(\"}\") local t = { '}' } end } listen 80;", "content_by_lua_block{} listen(80)")]
    public void Placeholders_and_Lua(string text, string expected)
    {
        var file = Read(text);
        Assert.Equal(expected, Show(file.Directives));
        Assert.True(file.IsWhole);
    }

    [Theory]
    [InlineData("server { listen 80;", "server{listen(80)}")]
    [InlineData("server { listen 80; location / {", "server{listen(80) location(/){}}")]
    [InlineData("server { listen 80; } }", "server{listen(80)}")]
    [InlineData("} listen 80;", "listen(80)")]
    [InlineData("server { listen 80 }", "server{listen(80)}")]
    [InlineData("listen 80", "listen(80)")]
    [InlineData("add_header X \"open; }", "add_header(X,open; })")]
    [InlineData("add_header X 'open\\", "add_header(X,open\\)")]
    [InlineData("a { b_by_lua_block { { }", "a{b_by_lua_block{}}")]
    [InlineData("proxy_pass http://{{ host };", "proxy_pass(http://){{host()};}")]
    public void A_broken_one_is_read_and_known_as_such(string text, string expected)
    {
        var file = Read(text);
        Assert.False(file.IsWhole);
        if (!text.Contains("{{", StringComparison.Ordinal)) Assert.Equal(expected, Show(file.Directives));
    }

    [Fact]
    public void A_block_without_a_name_is_a_directive() => Assert.Equal("{a(b)}", Show(Read("{ a b; }").Directives));

    [Fact]
    public void Spans_and_lines_are_those_of_the_text()
    {
        const string text = "http {\n    server {\n        listen 443 ssl;\n    }\n}\n";
        var file = Read(text);
        var listen = file.Servers.Single().Block.Single();
        Assert.Equal("listen 443 ssl;", file.Text.ToString(listen.Span));
        Assert.Equal(["listen", "443", "ssl"], listen.Words.Select(w => file.Text.ToString(w.Span)));
        Assert.Equal(3, file.LineOf(listen));
        Assert.Equal(text.TrimEnd(), file.Text.ToString(file.Directives.Single().Span));
        Assert.Equal("\"a b\"", Read("x \"a b\";") is var quoted ? quoted.Text.ToString(quoted.Directives[0].Words[1].Span) : "");
    }

    [Fact]
    public void Servers_are_those_of_HTTP() =>
        Assert.Equal(2, Read("server { } http { server { } upstream u { server a:80; } } stream { server { } } mail { server { } }").Servers.Count());

    /// <summary>Whatever is cut off or out of place: no exception, and each directive inside the text.</summary>
    [Fact]
    public void A_file_cut_off_anywhere()
    {
        const string text = "http {\n map $a $b { default '\\'{'; \"\" x; }\n server { # {\n  listen 443 ssl; location ~ \\.{{ x }}$ { proxy_pass http://${A}\\;b; }\n x_by_lua_block { \"}\" -- }\n } {% if %} <%= } %>\n }\n}";
        for (int start = 0; start < text.Length; start += 3)
        {
            for (int end = start; end <= text.Length; end++)
            {
                var file = Read(text[start..end]);
                Assert.All(file.Directives.SelectMany(d => d.Descendants().Prepend(d)), d => Assert.True(d.Span.Start >= 0 && d.Span.End <= file.Text.Length && d.Words.All(w => d.Span.Contains(w.Span))));
            }
        }
    }

    [Theory]
    [InlineData("server { listen 443 ssl; }\n")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{{")]
    [InlineData("{{a}}")]
    [InlineData("{%<%")]
    [InlineData("\"\\")]
    [InlineData("a'")]
    [InlineData("x_by_lua_block { '\"")]
    [InlineData("# ")]
    public void A_huge_file_takes_its_time_and_no_more(string part)
    {
        var clock = Stopwatch.StartNew();
        Read(string.Concat(Enumerable.Repeat(part, 2_000_000 / part.Length)));
        // Were it the square of the length, this would be hours.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    private static NginxFile Read(string text) => NginxFile.Of("/nginx.conf", SourceText.From(text));

    private static string Show(IEnumerable<NginxDirective> directives) => string.Join(" ", directives.Select(d =>
        d.Name + (d.Arguments.Any() ? $"({string.Join(",", d.Arguments.Select(a => a.Text))})" : "") + (d.HasBlock ? $"{{{Show(d.Block)}}}" : "")));
}
