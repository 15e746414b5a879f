using System.Text.RegularExpressions;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>Amazon's keys of a service in a region: <c>internetconnectivity-us-west-2</c>.</summary>
internal static partial class AwsKey
{
    /// <summary>The region; null where the key has none.</summary>
    public static string? RegionOf(string? key) => key is not null && Region().Match(key) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>The region of an ARN, its fourth part.</summary>
    public static string? RegionOfArn(string? arn) =>
        arn?.Split(':') is [_, _, _, { Length: > 0 } region, ..] && region != "global" ? region : null;

    /// <summary>The service without its region.</summary>
    public static string ServiceOf(string key) => RegionOf(key) is { } region ? key[..^(region.Length + 1)] : key;

    [GeneratedRegex(@"-((?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:gov-|iso[a-z]?-)?[a-z]+-\d)$")]
    private static partial Regex Region();
}
