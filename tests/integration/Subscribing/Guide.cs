using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sigma.IntegrationTests.Subscribing;

/// <summary>docs/subscribing.md, as a subscriber reads it: sections with a table of names and an example.</summary>
internal sealed partial class Guide
{
    readonly string _text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "subscribing.md")).ReplaceLineEndings("\n");

    /// <summary>The rows of a section's table by the name in their first column.</summary>
    public IReadOnlyDictionary<string, string> Table(string heading) =>
        Row().Matches(Section(heading)).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);

    /// <summary>The JSON a section shows.</summary>
    public JsonElement Example(string heading)
    {
        var block = Json().Match(Section(heading));
        Assert.True(block.Success, $"docs/subscribing.md shows no JSON under '{heading}'");
        return JsonDocument.Parse(block.Groups[1].Value).RootElement;
    }

    string Section(string heading)
    {
        var start = _text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/subscribing.md has no section '{heading}'");
        var end = _text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? _text[start..] : _text[start..end];
    }

    [GeneratedRegex(@"^\| `([^`]+)` \|(.*)$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^```json\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Json();
}
