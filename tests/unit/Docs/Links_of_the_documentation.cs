using System.Text.RegularExpressions;

namespace Sigma.UnitTests.Docs;

public sealed partial class Links_of_the_documentation
{
    const int LongestPage = 250;

    static readonly IReadOnlyList<Page> Pages = [.. RepositoryFiles.Pages.Select(Page.Read)];

    [Fact]
    public void Every_link_of_a_page_points_at_a_file_and_a_heading_that_exist()
    {
        var links = Pages.SelectMany(page => page.Links).ToList();
        Assert.NotEmpty(links);
        Nothing(links.Where(link => !link.Resolves), "These links point at nothing");
    }

    [Fact]
    public void Every_page_that_a_file_of_the_repository_mentions_exists_with_its_heading()
    {
        var mentions = RepositoryFiles.All.SelectMany(Mentions).ToList();
        Assert.Contains(mentions, mention => mention.File.EndsWith(".yml", StringComparison.Ordinal));
        Assert.Contains(mentions, mention => mention.File.EndsWith(".cs", StringComparison.Ordinal));
        Nothing(mentions.Where(mention => !mention.Resolves), "These mentions point at nothing");
    }

    [Fact]
    public void Every_page_is_reached_from_the_readme_or_the_index_of_operating()
    {
        var reached = new HashSet<string>();
        var next = new Queue<string>(["README.md", "docs/operating.md"]);
        while (next.TryDequeue(out var path))
        {
            if (reached.Add(path) && Pages.FirstOrDefault(page => page.Path == path) is { } page)
                page.Links.ToList().ForEach(link => next.Enqueue(link.Page));
        }
        Nothing(Pages.Select(page => page.Path).Except(reached), "No link leads to these pages");
    }

    [Fact]
    public void No_page_is_too_long_to_be_read_at_once()
    {
        var pages = Pages.Where(page => Path.GetDirectoryName(page.Path) == "docs");
        var tooLong = pages.Where(page => page.Lines.Length > LongestPage).Select(page => $"{page.Path}, {page.Lines.Length} lines");
        Nothing(tooLong, $"These pages are longer than {LongestPage} lines");
    }

    [Theory]
    [InlineData("Alert rules", "alert-rules")]
    [InlineData("A subscriber in C#", "a-subscriber-in-c")]
    [InlineData("The command `sigma`", "the-command-sigma")]
    [InlineData("Back up, restore, upgrade", "back-up-restore-upgrade")]
    [InlineData("See [TLS](settings.md#tls)", "see-tls")]
    public void A_heading_has_the_anchor_that_GitHub_gives_it(string heading, string anchor) => Assert.Equal(anchor, Page.Slug(heading));

    [Fact]
    public void A_repeated_heading_has_a_number_and_a_line_of_code_is_no_heading()
    {
        var page = new Page("docs/operating.md", ["# Page", "## Part", "```", "## Code", "```", "## Part"]);
        Assert.Equal(["page", "part", "part-1"], page.Anchors.Order());
    }

    [Fact]
    public void A_link_that_points_at_nothing_is_named_with_its_page_and_line()
    {
        var page = new Page("docs/operating.md",
            ["# Operating the tracker", "[gone](gone.md), [gone](operating.md#gone), [there](#operating-the-tracker)",
                "`[code](code.md)`, [web](https://example.org/gone)"]);
        string[] expected = ["docs/operating.md, line 2: gone.md", "docs/operating.md, line 2: operating.md#gone"];
        Assert.Equal(expected, page.Links.Where(link => !link.Resolves).Select(link => link.ToString()));
    }

    static IEnumerable<Link> Mentions(string file) =>
        from line in File.ReadLines(RepositoryFiles.FullPath(file)).Select((text, index) => (Text: text, Number: index + 1))
        from Match match in Mention().Matches(line.Text)
        select new Link(file, line.Number, match.Value, "");

    static void Nothing<T>(IEnumerable<T> found, string what)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{what}:\n{string.Join('\n', all)}");
    }

    [GeneratedRegex(@"(?<![\w/.])docs/[\w./-]+\.md(?:#[\w-]+)?")]
    private static partial Regex Mention();
}
