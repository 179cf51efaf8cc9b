using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace WebSockets.Analyzers.Model.Nginx;

/// <summary>
/// Reads what nginx reads, and more: fragments, templates with placeholders, and files with mistakes. Never throws; takes time in proportion to the length.
/// </summary>
internal sealed class NginxParser
{
    // nginx itself has no limit, and nobody comes near this one. It keeps walks over the tree from running out of stack.
    private const int MaxDepth = 64;

    // Placeholders of template languages, each on one line: braces in them are no blocks.
    private static readonly (string Open, string Close)[] Placeholders = [("{{", "}}"), ("{%", "%}"), ("<%", "%>")];

    private readonly string _text;
    private readonly List<NginxDirective> _root = [];
    private int _at;
    private int _lineEnd = -1;
    private int _noPlaceholderBefore;

    public NginxParser(string text)
    {
        _text = text;
        IsWhole = Parse();
    }

    public IReadOnlyList<NginxDirective> Directives => _root;

    public bool IsWhole { get; private set; }

    private enum Kind
    {
        End,
        Word,
        Semicolon,
        Open,
        Close,
    }

    private bool Parse()
    {
        bool isWhole = true;
        // The blocks that are open, each with the list in which its directive will stand and the words before its brace.
        var outer = new Stack<(List<NginxDirective> Siblings, List<NginxWord> Words, int Start)>();
        var siblings = _root;
        var words = new List<NginxWord>();
        while (true)
        {
            var kind = Next(ref isWhole, out var word);
            switch (kind)
            {
                case Kind.Word:
                    words.Add(word!);
                    continue;
                case Kind.Open when words.Count > 0 && words[0].Text.EndsWith("_by_lua_block", StringComparison.Ordinal):
                    isWhole &= SkipLua();
                    siblings.Add(new(words, [], HasBlock: true, TextSpan.FromBounds(words[0].Span.Start, _at)));
                    words = [];
                    continue;
                case Kind.Open when outer.Count < MaxDepth:
                    outer.Push((siblings, words, words.Count > 0 ? words[0].Span.Start : _at - 1));
                    (siblings, words) = ([], []);
                    continue;
            }
            if (words.Count > 0)
            {
                isWhole &= kind == Kind.Semicolon;
                siblings.Add(new(words, [], HasBlock: false, TextSpan.FromBounds(words[0].Span.Start, kind == Kind.Semicolon ? _at : words[words.Count - 1].Span.End)));
                words = [];
            }
            if (kind == Kind.Semicolon) continue;
            if (kind == Kind.Close && outer.Count == 0)
            {
                isWhole = false;
                continue;
            }
            // The end, or a depth that is not to be followed, closes all blocks.
            bool isEnd = kind is Kind.End or Kind.Open;
            isWhole &= kind == Kind.Close || kind == Kind.End && outer.Count == 0;
            while (outer.Count > 0)
            {
                var (before, head, start) = outer.Pop();
                before.Add(new(head, siblings, HasBlock: true, TextSpan.FromBounds(start, _at)));
                siblings = before;
                if (!isEnd) break;
            }
            if (isEnd) return isWhole;
        }
    }

    private Kind Next(ref bool isWhole, out NginxWord? word)
    {
        word = null;
        SkipToToken();
        if (_at == _text.Length) return Kind.End;
        switch (_text[_at])
        {
            case ';': _at++; return Kind.Semicolon;
            case '}': _at++; return Kind.Close;
            case '{' when PlaceholderEnd() < 0: _at++; return Kind.Open;
            case '"' or '\'': word = Quoted(ref isWhole); return Kind.Word;
            default: word = Unquoted(); return Kind.Word;
        }
    }

    /// <summary>White space, comments, and the statements of templates; their values, <c>&lt;%= x %&gt;</c>, are words.</summary>
    private void SkipToToken()
    {
        while (_at < _text.Length)
        {
            if (IsSpace(_text[_at])) _at++;
            else if (_text[_at] == '#') _at = LineEnd();
            else if (_text[_at] is '{' or '<' && At(1) == '%' && At(2) != '=' && PlaceholderEnd() is > 0 and var end) _at = end;
            else return;
        }
    }

    private NginxWord Quoted(ref bool isWhole)
    {
        int start = _at;
        char quote = _text[_at++];
        var value = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote) Take(value);
        if (_at < _text.Length) _at++;
        else isWhole = false;
        return new(value.ToString(), TextSpan.FromBounds(start, _at));
    }

    // A quote inside a word is a character as any other, and so is a closing brace.
    private NginxWord Unquoted()
    {
        int start = _at;
        var value = new StringBuilder();
        while (_at < _text.Length && !IsSpace(_text[_at]) && _text[_at] != ';')
        {
            if (PlaceholderEnd() is > 0 and var end)
            {
                value.Append(_text, _at, end - _at);
                _at = end;
            }
            else if (_text[_at] == '$' && At(1) == '{')
            {
                value.Append("${");
                _at += 2;
            }
            else if (_text[_at] == '{')
            {
                break;
            }
            else
            {
                Take(value);
            }
        }
        return new(value.ToString(), TextSpan.FromBounds(start, _at));
    }

    /// <summary>One character, or two that stand for one.</summary>
    private void Take(StringBuilder value)
    {
        if (_text[_at] == '\\' && At(1) is var next and not '\0')
        {
            var meant = next switch { '"' or '\'' or '\\' => next.ToString(), 't' => "\t", 'r' => "\r", 'n' => "\n", _ => "\\" + next };
            value.Append(meant);
            _at += 2;
        }
        else
        {
            value.Append(_text[_at++]);
        }
    }

    /// <summary>The program text of OpenResty: braces in its strings and comments do not count.</summary>
    private bool SkipLua()
    {
        for (int depth = 1; _at < _text.Length; _at++)
        {
            switch (_text[_at])
            {
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    _at++;
                    return true;
                case '-' when At(1) == '-':
                    _at = LineEnd() - 1;
                    break;
                case '"' or '\'':
                    int close = _text.IndexOf(_text[_at], _at + 1, LineEnd() - _at - 1);
                    if (close > 0) _at = close;
                    break;
            }
        }
        return false;
    }

    /// <summary>The position behind the placeholder that begins here; -1 when none does.</summary>
    private int PlaceholderEnd()
    {
        if (_text[_at] is not ('{' or '<') || _at < _noPlaceholderBefore) return -1;
        foreach (var (open, close) in Placeholders)
        {
            if (string.CompareOrdinal(_text, _at, open, 0, open.Length) != 0) continue;
            int from = Math.Min(_at + open.Length, LineEnd());
            int end = _text.IndexOf(close, from, LineEnd() - from, StringComparison.Ordinal);
            if (end >= 0) return end + close.Length;
            // Nor is there one for the next brace of the line.
            _noPlaceholderBefore = LineEnd();
        }
        return -1;
    }

    private int LineEnd()
    {
        if (_lineEnd >= _at) return _lineEnd;
        int end = _text.IndexOf('\n', _at);
        return _lineEnd = end < 0 ? _text.Length : end;
    }

    private char At(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n' or '\uFEFF';
}
