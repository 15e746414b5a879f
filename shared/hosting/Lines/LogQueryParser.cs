using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Hosting.Lines;

/// <summary>
/// Reads what people type: <c>words "a phrase" begin* -without label=value label!=value label=~"a|b.*" level&gt;=medium level=info,high</c>.
/// </summary>
public sealed class LogQueryParser
{
    const int Longest = 1000, MostTerms = 32, LongestPattern = 200, MostRepeats = 100;

    static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(250);

    // The longer ones first.
    static readonly string[] Operators = ["=~", "!~", "!=", "="], LevelOperators = ["!=", ">=", "<=", "=", ">", "<"];

    readonly string _text;
    readonly List<TextTerm> _texts = [];
    readonly List<LabelTerm> _labels = [];
    int _at, _levels = LineLevels.Any;

    LogQueryParser(string text) => _text = text;

    /// <exception cref="LogQueryException">It cannot be read.</exception>
    public static LogQuery Parse(string? text) => string.IsNullOrWhiteSpace(text) ? LogQuery.All : new LogQueryParser(text).Read();

    LogQuery Read()
    {
        if (_text.Length > Longest)
            throw new LogQueryException(Longest + 1, $"a query has at most {Longest} characters, and this one has {_text.Length}");
        var terms = 0;
        for (SkipSpace(); _at < _text.Length; SkipSpace())
        {
            if (++terms > MostTerms)
                throw Fault(_at, $"a query has at most {MostTerms} parts");
            ReadTerm();
        }
        return new LogQuery(_texts, _labels, _levels);
    }

    void ReadTerm()
    {
        var excluded = _text[_at] == '-';
        if (excluded && (++_at == _text.Length || char.IsWhiteSpace(_text[_at])))
            throw Fault(_at - 1, "a minus sign stands right before what is left out; write \"-\" words between quotes");
        if (_text[_at] == '"')
            ReadPhrase(excluded);
        else if (LabelOperator() is var (name, written))
            ReadLabel(name, written, excluded);
        else
            ReadWord(excluded);
    }

    void ReadPhrase(bool excluded)
    {
        var start = _at;
        var words = WordList.Of(Quoted());
        if (words.Count == 0)
            throw Fault(start, "there is no letter and no digit between the quotes");
        var prefix = _at < _text.Length && _text[_at] == '*';
        if (prefix)
            _at++;
        ExpectSpace("after the closing quote there is a space, or a star");
        _texts.Add(new TextTerm(words, prefix, excluded));
    }

    void ReadWord(bool excluded)
    {
        var start = _at;
        var bare = Bare();
        var prefix = bare.EndsWith('*');
        if (bare.AsSpan(0, bare.Length - (prefix ? 1 : 0)).IndexOf('*') is >= 0 and var star)
            throw Fault(start + star, "a star stands only at the end of a word");
        var words = WordList.Of(bare);
        if (words.Count == 0)
            throw Fault(start, $"there is no letter and no digit in {bare}");
        // What ends with another sign has ended its word: "begin-*" goes on with any word.
        if (prefix && Letters.Of(bare[^2]) == Letters.Separator)
            throw Fault(start + bare.Length - 1, "a star stands right after a letter or a digit");
        _texts.Add(new TextTerm(words, prefix, excluded));
    }

    /// <summary>The name of a label and an operator, if that is what comes next.</summary>
    (string Name, string Operator)? LabelOperator()
    {
        var end = _at;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_' or '.' or '-' or '/' or '@'))
            end++;
        if (end == _at)
            return null;
        var name = _text[_at..end].ToLowerInvariant();
        var rest = _text.AsSpan(end);
        foreach (var written in name == "level" ? LevelOperators : Operators)
            if (rest.StartsWith(written, StringComparison.Ordinal))
                return (name, written);
        return null;
    }

    void ReadLabel(string name, string written, bool excluded)
    {
        _at += name.Length + written.Length;
        var start = _at;
        if (_at == _text.Length || char.IsWhiteSpace(_text[_at]))
            throw Fault(start, $"the value of {name} is missing; write {name}{written}\"\" where it is empty");
        var value = _text[_at] == '"' ? Quoted() : Bare();
        ExpectSpace("after the closing quote there is a space");
        if (name == "level")
            _levels &= Levels(written, value, start) is var levels && excluded ? ~levels : levels;
        else
            _labels.Add(new LabelTerm(name, value, written is "=~" or "!~" ? Pattern(value, start) : null, written[0] == '!' != excluded));
    }

    static int Levels(string written, string value, int start)
    {
        var named = value.Split(',').Select(word => LineLevels.Parse(word.Trim())
            ?? throw Fault(start, $"a level is {string.Join(", ", LineLevels.All)}, not {word.Trim()}")).ToList();
        if (written is "=" or "!=")
        {
            var any = named.Aggregate(0, (bits, level) => bits | level.Bit());
            return written == "=" ? any : ~any;
        }
        if (named is not [var limit])
            throw Fault(start, $"level{written} takes one level; several are written level={value}");
        return Enumerable.Range(0, LineLevels.Count).Select(number => (LineLevel)number).Where(level => written switch
        {
            ">=" => level >= limit,
            ">" => level > limit,
            "<=" => level <= limit,
            _ => level < limit,
        }).Aggregate(0, (bits, level) => bits | level.Bit());
    }

    /// <summary>Patterns are matched without going back, so that none takes longer than the value is long.</summary>
    static Regex Pattern(string value, int start)
    {
        if (value.Length > LongestPattern)
            throw Fault(start, $"a pattern has at most {LongestPattern} characters");
        if (Repeats(value) > MostRepeats)
            throw Fault(start, $"the repeats of a pattern are at most {MostRepeats} together");
        try
        {
            _ = new Regex(value, RegexOptions.NonBacktracking); // alone: a bracket too many must not close ours
            return new Regex($@"\A(?:{value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            var fault = e as RegexParseException;
            throw Fault(start + (fault?.Offset ?? 0),
                $"the pattern {value} cannot be read: {fault?.Error.ToString() ?? "it has what needs going back, such as \\1 or (?=…)"}");
        }
    }

    /// <summary>All numbers between braces multiplied, for they may be within each other: each makes the pattern so many times as large.</summary>
    public static double Repeats(string pattern)
    {
        var product = 1.0;
        for (var at = pattern.IndexOf('{'); at >= 0; at = pattern.IndexOf('{', at + 1))
            foreach (var number in pattern[(at + 1)..].Split('}')[0].Split(',').TakeLast(1))
                if (double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var times))
                    product *= Math.Max(1, times);
        return product;
    }

    string Quoted()
    {
        var start = _at++;
        StringBuilder value = new();
        for (; _at < _text.Length; _at++)
            if (_text[_at] == '"')
            {
                _at++;
                return value.ToString();
            }
            else if (_text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] is ('"' or '\\'))
                value.Append(_text[++_at]);
            else
                value.Append(_text[_at]);
        throw Fault(start, "the quote is not closed");
    }

    string Bare()
    {
        var start = _at;
        for (; _at < _text.Length && !char.IsWhiteSpace(_text[_at]); _at++)
            if (_text[_at] == '"')
                throw Fault(_at, "a quote stands at the beginning of a word or a value");
        return _text[start.._at];
    }

    void ExpectSpace(string otherwise)
    {
        if (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
            throw Fault(_at, otherwise);
    }

    void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    static LogQueryException Fault(int index, string reason) => new(index + 1, reason);
}
