using System.Text.RegularExpressions;

namespace Sigma.UnitTests.Docs;

/// <summary>What the README and the index of operating list is there, and nothing is left out.</summary>
public sealed partial class Lists_of_the_documentation
{
    static readonly Page Readme = Page.Read("README.md"), Index = Page.Read("docs/operating.md");

    [Fact]
    public void Every_folder_where_something_is_to_be_found_exists()
    {
        var places = Readme.Lines.SkipWhile(line => line != "## Where to find what").TakeWhile(line => line != "## More")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(line => Places(line.TrimEnd(' ', '|').Split(" | ")[^1])).ToList();
        Assert.True(places.Count > 50, $"{places.Count} places are read");
        Assert.Equal([], places.Where(place => !Exists(place)));
    }

    [Fact]
    public void Every_service_is_where_something_is_to_be_found()
    {
        var table = string.Join('\n', Readme.Lines);
        var services = Directory.EnumerateFiles(RepositoryFiles.FullPath("services"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => $"`services/{Path.GetFileName(Path.GetDirectoryName(project))}").ToList();
        Assert.NotEmpty(services);
        Assert.Equal([], services.Where(service => !table.Contains(service, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_decision_is_linked_once_by_the_readme() =>
        Once(Readme, RepositoryFiles.Pages.Where(page => page.StartsWith("docs/decisions/", StringComparison.Ordinal)));

    [Fact]
    public void Every_page_is_linked_once_by_the_index_of_operating() =>
        Once(Index, RepositoryFiles.Pages.Where(page => Path.GetDirectoryName(page) == "docs" && page != Index.Path));

    static void Once(Page list, IEnumerable<string> pages)
    {
        var links = list.Links.ToLookup(link => link.Page);
        Assert.Equal([], pages.Where(page => links[page].Count() != 1).Select(page => $"{page}, {links[page].Count()} links"));
    }

    // A name without a folder lies beside the one before it, or in it where that ends with a slash.
    static IEnumerable<string> Places(string cell)
    {
        var folder = "";
        foreach (Match match in Code().Matches(cell))
        {
            var name = match.Groups[1].Value;
            if (name.Contains('/'))
                folder = name[..name.LastIndexOf('/')];
            yield return name.Contains('/') || folder.Length == 0 ? name : $"{folder}/{name}";
        }
    }

    static bool Exists(string place)
    {
        if (!place.Contains('*'))
            return Directory.Exists(RepositoryFiles.FullPath(place)) || File.Exists(RepositoryFiles.FullPath(place));
        var (above, below) = (place[..place.IndexOf('*')], place[(place.IndexOf('*') + 1)..].TrimStart('/'));
        return Directory.EnumerateDirectories(RepositoryFiles.FullPath(above)).Any(each => Directory.Exists(Path.Combine(each, below)));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
