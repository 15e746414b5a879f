using System.Text.RegularExpressions;

namespace Sigma.UnitTests.Docs;

/// <summary>A Markdown page of the repository, by its path from the root.</summary>
internal sealed partial record Page(string Path, string[] Lines)
{
    public static Page Read(string path) => new(path, File.ReadAllLines(RepositoryFiles.FullPath(path)));

    /// <summary>Its links without those to web sites; the target is as written.</summary>
    public IEnumerable<Link> Links =>
        from line in Prose
        from Match match in Target().Matches(InlineCode().Replace(line.Text, ""))
        let target = match.Groups[1].Value
        where !WebSite().IsMatch(target)
        select new Link(Path, line.Number, target, System.IO.Path.GetDirectoryName(Path)!);

    /// <summary>The anchors GitHub gives to its headings.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>();
            foreach (var (text, _) in Prose.Where(line => Heading().IsMatch(line.Text)))
            {
                var slug = Slug(Heading().Replace(text, ""));
                var repeated = 0;
                while (!anchors.Add(repeated == 0 ? slug : $"{slug}-{repeated}"))
                    repeated++;
            }
            return anchors;
        }
    }

    /// <summary>A heading as GitHub writes it into an address.</summary>
    public static string Slug(string heading)
    {
        var text = LinkText().Replace(heading, "$1").Trim().ToLowerInvariant();
        return string.Concat(text.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');
    }

    IEnumerable<(string Text, int Number)> Prose
    {
        get
        {
            var code = false;
            for (var i = 0; i < Lines.Length; i++)
            {
                if (Lines[i].StartsWith("```", StringComparison.Ordinal))
                    code = !code;
                else if (!code && !Lines[i].StartsWith("    ", StringComparison.Ordinal))
                    yield return (Lines[i], i + 1);
            }
        }
    }

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(\s*([^)\s]+)[^)]*\)")]
    private static partial Regex Target();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex WebSite();
}
