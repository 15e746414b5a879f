using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sigma.UnitTests.Console.Pages;

/// <summary>Every text of the console is in both languages, is used, and stands in no page itself.</summary>
public sealed partial class Texts_of_pages
{
    static readonly string Source = Path.GetFullPath(Path.Combine(Here(), "../../../../services/console"));

    static readonly Dictionary<string, string> Code = Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetRelativePath(Source, file), File.ReadAllText);

    public static TheoryData<string> Areas => [.. Directory.EnumerateFiles(Path.Combine(Source, "Texts"), "*.en.resx")
        .Select(file => Path.GetFileName(file)[..^".en.resx".Length])];

    public static TheoryData<string> Pages => [.. Code.Keys.Where(file => file.EndsWith(".razor", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Areas))]
    public void Are_in_both_languages(string area)
    {
        var (portuguese, english) = (Texts(area, ""), Texts(area, ".en"));
        Assert.Empty(portuguese.Keys.Except(english.Keys));
        Assert.Empty(english.Keys.Except(portuguese.Keys));
        Assert.All(portuguese, text =>
        {
            Assert.False(string.IsNullOrWhiteSpace(text.Value) != string.IsNullOrWhiteSpace(english[text.Key]), text.Key);
            Assert.True(Places(text.Value).SetEquals(Places(english[text.Key])), $"{text.Key} has other places in English");
        });
    }

    [Theory, MemberData(nameof(Areas))]
    public void Are_all_used(string area)
    {
        var all = string.Join('\n', Code.Values);
        var literals = Literal().Matches(all).Select(match => match.Groups[1].Value).ToHashSet();
        // $"Severity{word}", and words that come from a value: "Field_", with the value behind it.
        var beginnings = Beginning().Matches(all).Select(match => match.Groups[1].Value).ToHashSet();
        var endings = Ending().Matches(all).Select(match => match.Groups[1].Value).ToHashSet();
        var enums = Constant().Matches(all).Select(match => match.Groups[1].Value).ToHashSet();
        var unused = Texts(area, "").Keys.Where(key => !literals.Contains(key) && !enums.Contains(key)
            && !beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal))
            && !endings.Any(ending => key.EndsWith(ending, StringComparison.Ordinal))).ToList();
        Assert.Empty(unused);
    }

    [Theory, MemberData(nameof(Pages))]
    public void That_a_page_asks_for_are_there(string page)
    {
        var markup = Code[page] + Code.GetValueOrDefault(page + ".cs");
        foreach (Match localizer in Localizer().Matches(markup))
        {
            var (area, name) = (localizer.Groups[1].Value, localizer.Groups[2].Value);
            var known = Texts(area, "").Keys.ToHashSet();
            var asked = Regex.Matches(markup, $"(?<![\\w.]){name}\\[\"([^\"]+)\"").Select(match => match.Groups[1].Value);
            Assert.Empty(asked.Except(known));
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void Stand_in_no_page_itself(string page)
    {
        var markup = Markup(Code[page]);
        Assert.Empty(AttributeText().Matches(markup).Select(match => match.Value));
        var found = Between(markup).Where(text => text.Any(char.IsLetter)).ToList();
        Assert.Empty(found);
    }

    [Fact]
    public void A_letter_in_a_page_is_found()
    {
        Assert.Equal(["Hello"], Found("<p>Hello</p>"));
        Assert.Equal(["and"], Found("@if (a < b)\n{\n    <p>@T[\"A\"] and @b</p>\n}"));
        Assert.Empty(Found(
            "@inject X<Y> T\n<p class=\"a\" title=\"@T[\"B\"]\">@(a > b ? c : d) · @x.Y(z)[\"k\"]!.W</p>\n@code { string A => \"x\"; }"));
        Assert.Single(AttributeText().Matches("<input placeholder=\"Search\">"));
        Assert.Empty(AttributeText().Matches("<input placeholder=\"@T[\"Search\"]\" class=\"a\" data-title=\"b\">"));
    }

    static List<string> Found(string page) => [.. Between(Markup(page)).Select(text => text.Trim()).Where(text => text.Any(char.IsLetter))];

    /// <summary>Without comments, directives and code.</summary>
    static string Markup(string page)
    {
        page = Comment().Replace(page, "");
        for (Match code; (code = CodeBlock().Match(page)).Success;)
            page = page[..code.Index] + page[Closing(page, page.IndexOf('{', code.Index), '{', '}')..];
        page = Directive().Replace(page, "");
        for (Match header; (header = Header().Match(page)).Success;)
            page = page[..header.Index] + page[Closing(page, header.Index + header.Length - 1, '(', ')')..];
        return page;
    }

    /// <summary>What stands between tags, without expressions and statements.</summary>
    static IEnumerable<string> Between(string markup)
    {
        for (var at = 0; at < markup.Length;)
        {
            var start = Tag().Match(markup, at);
            var text = start.Success ? markup[at..start.Index] : markup[at..];
            foreach (var line in Expressions(text).Split('\n'))
                if (!Statement().IsMatch(line.Trim()))
                    yield return Entity().Replace(line, "");
            if (!start.Success)
                yield break;
            at = TagEnd(markup, start.Index);
        }
    }

    // A tag ends where no quote and no bracket is open.
    static int TagEnd(string markup, int at)
    {
        for (var quoted = false; at < markup.Length; at++)
            switch (markup[at])
            {
                case '"': quoted = !quoted; break;
                case '@' when at + 1 < markup.Length && markup[at + 1] == '(': at = Closing(markup, at + 1, '(', ')') - 1; break;
                case '@': at = ExpressionEnd(markup, at) - 1; break;
                case '>' when !quoted: return at + 1;
            }
        return at;
    }

    static string Expressions(string text)
    {
        System.Text.StringBuilder left = new();
        for (var at = 0; at < text.Length;)
            if (text[at] != '@')
                left.Append(text[at++]);
            else
                at = ExpressionEnd(text, at);
        return left.ToString();
    }

    // @name, and what hangs on it: .name, (…), […], !, ?.
    static int ExpressionEnd(string text, int at)
    {
        at++;
        while (at < text.Length)
            if (text[at] is '(')
                at = Closing(text, at, '(', ')');
            else if (text[at] is '[')
                at = Closing(text, at, '[', ']');
            else if (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '!' or ':'
                || text[at] is '.' or '?' && at + 1 < text.Length && (char.IsLetter(text[at + 1]) || text[at + 1] is '.' or '['))
                at++;
            else
                break;
        return at;
    }

    static int Closing(string text, int open, char opens, char closes)
    {
        var depth = 0;
        for (var at = open; at < text.Length; at++)
            if (text[at] == '"')
                at = text.IndexOf('"', at + 1) is var end and >= 0 ? end : text.Length;
            else if (text[at] == opens)
                depth++;
            else if (text[at] == closes && --depth == 0)
                return at + 1;
        return text.Length;
    }

    static Dictionary<string, string> Texts(string area, string language) =>
        XDocument.Load(Path.Combine(Source, "Texts", $"{area}{language}.resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Groups[1].Value)];

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex("\"([\\w.-]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("(?:\\$|texts, )\"([A-Za-z][\\w.-]*)[\\{\"]")]
    private static partial Regex Beginning();

    [GeneratedRegex("\\$\"\\{[^}\"]+\\}([A-Za-z][\\w.-]*)\"")]
    private static partial Regex Ending();

    [GeneratedRegex(@"^\s+(\w+)( = \d+)?,?\s*$", RegexOptions.Multiline)]
    private static partial Regex Constant();

    [GeneratedRegex(@"IStringLocalizer<(?:[\w.]+\.)?(\w+Texts)> (\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^@(code|functions)?\s*\{", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^@(page|using(?! *\()|inject|inherits|implements|attribute|layout|rendermode|typeparam|namespace|preservewhitespace)\b.*$",
        RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"<[/!A-Za-z]")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(@|^[ }]*(else )?)(if|foreach|for|while|switch|using|lock) ?\(", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(
        @"^(if|else|for|foreach|while|switch|case|default|try|catch|finally|var|const|return|yield)\b.*|.*(;|=>|\{|\}|,)$|^[{}].*$|^[)&|?:].*$")]
    private static partial Regex Statement();

    [GeneratedRegex(@"&\w+;")]
    private static partial Regex Entity();

    [GeneratedRegex(@"(?<![\w-])(title|placeholder|alt|aria-label|Title|Label|Empty|Action|Message)=""[^""@]*\p{L}[^""@]*""")]
    private static partial Regex AttributeText();
}
