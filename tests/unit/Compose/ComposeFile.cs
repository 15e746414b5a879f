using System.Text.RegularExpressions;

namespace Sigma.UnitTests.Compose;

/// <summary>What docker-compose.yml passes to the services, and what it asks the environment for.</summary>
internal static partial class ComposeFile
{
    static readonly string Text = string.Join('\n',
        ProjectFile.Read("docker-compose.yml").Split('\n').Where(line => !line.TrimStart().StartsWith('#')));

    /// <summary>Names of the settings under <c>environment</c>, in the services' own spelling.</summary>
    public static IReadOnlyList<string> Passed => [.. Key().Matches(Text).Select(m => m.Groups[1].Value).Distinct()];

    /// <summary>Names of the variables it takes from the environment.</summary>
    public static IReadOnlyList<string> Asked => [.. Variable().Matches(Text).Select(m => m.Groups[1].Value).Distinct()];

    /// <summary>The value it has for a variable that is not set; null when it has none, or one made of others.</summary>
    public static string? DefaultOf(string variable) =>
        DefaultValue().Matches(Text).FirstOrDefault(m => m.Groups[1].Value == variable)?.Groups[2].Value;

    [GeneratedRegex(@"^\s+(\w+__\w+):", RegexOptions.Multiline)]
    private static partial Regex Key();

    // A doubled dollar sign is the container's business
    [GeneratedRegex(@"(?<!\$)\$\{(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<!\$)\$\{(\w+):-([^${}]*)\}")]
    private static partial Regex DefaultValue();
}
