using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Simulator.Telegram;

/// <summary>Reads the markup of a message as strictly as Telegram does.</summary>
internal static partial class TelegramMarkup
{
    private const string Reserved = "_*[]()~`>#+-=|{}.!";

    private static readonly HashSet<string> Tags =
    [
        "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "code", "pre", "blockquote", "tg-emoji",
    ];

    /// <summary>The text that is left without its markup; what is wrong with it, or null.</summary>
    public static (string Visible, string? Complaint) Read(string text, string parseMode) => parseMode.ToLowerInvariant() switch
    {
        "html" => Html(text),
        "markdownv2" => MarkdownV2(text),
        _ => Markdown(text),
    };

    private static (string, string?) Html(string text)
    {
        var open = new Stack<string>();
        var visible = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '<')
            {
                visible.Append(text[at++]);
                continue;
            }

            var offset = Encoding.UTF8.GetByteCount(text.AsSpan(0, at));
            if (Tag().Match(text, at) is not { Success: true } tag)
            {
                return ("", $"Unsupported start tag \"{FirstWord(text, at + 1)}\" at byte offset {offset}");
            }

            at += tag.Length;
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (tag.Groups["end"].Length == 0)
            {
                if (!Tags.Contains(name))
                {
                    return ("", $"Unsupported start tag \"{name}\" at byte offset {offset}");
                }

                open.Push(name);
            }
            else if (open.Count == 0)
            {
                return ("", $"Unexpected end tag at byte offset {offset}");
            }
            else if (open.Pop() is var expected && expected != name)
            {
                return ("", $"Unmatched end tag at byte offset {offset}, expected \"</{expected}>\", found \"</{name}>\"");
            }
        }

        return open.TryPop(out var left)
            ? ("", $"Can't find end tag corresponding to start tag \"{left}\"")
            : (System.Net.WebUtility.HtmlDecode(visible.ToString()), null);
    }

    private static (string, string?) MarkdownV2(string text)
    {
        var open = new Stack<(string Mark, int Offset)>();
        var visible = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var offset = Encoding.UTF8.GetByteCount(text.AsSpan(0, at));
            var inCode = open.TryPeek(out var code) && code.Mark[0] == '`';
            if (text[at] == '\\' && at + 1 < text.Length && char.IsAscii(text[at + 1]))
            {
                visible.Append(text[at + 1]);
                at += 2;
            }
            else if (MarkAt(text, at) is { } mark && (!inCode || mark == code.Mark))
            {
                at += mark.Length;
                if (mark != "[" && open.TryPeek(out var last) && last.Mark == mark)
                {
                    open.Pop();
                }
                else
                {
                    open.Push((mark, offset));
                }
            }
            else if (open.TryPeek(out var link) && link.Mark == "[" && Address().Match(text, at) is { Success: true } to)
            {
                open.Pop();
                at += to.Length;
            }
            else if (!inCode && text[at] == '>' && (at == 0 || text[at - 1] == '\n'))
            {
                at++;
            }
            else if (!inCode && Reserved.Contains(text[at]))
            {
                return ("", $"Character '{text[at]}' is reserved and must be escaped with the preceding '\\'");
            }
            else
            {
                visible.Append(text[at++]);
            }
        }

        return open.TryPop(out var left)
            ? ("", $"Can't find end of {NameOf(left.Mark)} entity at byte offset {left.Offset}")
            : (visible.ToString(), null);
    }

    private static (string, string?) Markdown(string text)
    {
        var visible = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\\' && at + 1 < text.Length && "_*`[".Contains(text[at + 1]))
            {
                visible.Append(text[at + 1]);
                at += 2;
            }
            else if ("_*`[".Contains(text[at]))
            {
                var mark = text[at] == '[' ? "]" : text.AsSpan(at).StartsWith("```") ? "```" : text[at].ToString();
                var end = text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal);
                if (end < 0)
                {
                    return ("", $"Can't find end of the entity starting at byte offset {Encoding.UTF8.GetByteCount(text.AsSpan(0, at))}");
                }

                visible.Append(text.AsSpan((at + mark.Length)..end));
                at = end + mark.Length + (mark == "]" && Address().Match(text, end) is { Success: true } to ? to.Length - 1 : 0);
            }
            else
            {
                visible.Append(text[at++]);
            }
        }

        return (visible.ToString(), null);
    }

    private static string? MarkAt(string text, int at) =>
        new[] { "```", "||", "__", "`", "*", "_", "~", "[" }.FirstOrDefault(mark => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0);

    private static string NameOf(string mark) => mark switch
    {
        "```" => "PreCode",
        "||" => "Spoiler",
        "__" => "Underline",
        "`" => "Code",
        "*" => "Bold",
        "_" => "Italic",
        "~" => "Strikethrough",
        _ => "TextUrl",
    };

    private static string FirstWord(string text, int at) => Word().Match(text, at).Value;

    [GeneratedRegex("""\G<(?<end>/?)(?<name>[A-Za-z][A-Za-z0-9-]*)(\s+[a-z-]+(\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?)*\s*>""")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\G\]\([^)\s]+\)")]
    private static partial Regex Address();

    [GeneratedRegex(@"\G[^\s<>/]*")]
    private static partial Regex Word();
}
