using System.Text;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.Loki;

/// <summary>Labels of a stream in one text, <c>{app="web", env="live"}</c>, as protobuf and the former JSON have them.</summary>
internal static class LokiLabels
{
    /// <summary>Sets each as a label, or as a field where it does not fit.</summary>
    /// <exception cref="MalformedBodyException">It is no such text.</exception>
    public static void Read(string text, string place, Action<string, string> set)
    {
        var at = 0;
        SkipSpace(text, ref at);
        Expect('{');
        SkipSpace(text, ref at);
        while (at < text.Length && text[at] != '}')
        {
            var name = Name(text, ref at);
            if (name.Length == 0)
                throw Wrong("a label's name should be here");
            SkipSpace(text, ref at);
            Expect('=');
            SkipSpace(text, ref at);
            set(name, Value());
            SkipSpace(text, ref at);
            if (at < text.Length && text[at] == ',')
                at++;
            else if (at >= text.Length || text[at] != '}')
                throw Wrong("a comma or a closing brace should be here");
            SkipSpace(text, ref at);
        }
        Expect('}');

        void Expect(char character)
        {
            if (at >= text.Length || text[at] != character)
                throw Wrong($"{character} should be here");
            at++;
        }

        string Value()
        {
            if (at >= text.Length || text[at] is not ('"' or '`'))
                throw Wrong("a value in quotes should be here");
            var quote = text[at++];
            StringBuilder? unescaped = null;
            for (var from = at; at < text.Length; at++)
            {
                if (text[at] == quote)
                {
                    var rest = text.AsSpan(from, at++ - from);
                    return unescaped?.Append(rest).ToString() ?? rest.ToString();
                }
                if (text[at] == '\\' && quote == '"')
                {
                    if (at + 1 >= text.Length)
                        break;
                    (unescaped ??= new()).Append(text, from, at - from).Append(Unescape(text[++at]));
                    from = at + 1;
                }
            }
            throw Wrong("the value does not end");
        }

        MalformedBodyException Wrong(string reason) => new($"{place}, character {at + 1}", reason);
    }

    static char Unescape(char character) => character switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        _ => character,
    };

    static string Name(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or ':' or '.' or '-' or '/'))
            at++;
        return text[from..at];
    }

    static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
    }
}
