using System.ComponentModel.DataAnnotations;
using Sigma.Fetcher.Sources.StatusFeeds.Readers;

namespace Sigma.Fetcher.Sources.StatusFeeds;

/// <summary>A kind of feed: how it is read, where it is, and which provider it is of.</summary>
internal sealed record FeedKind(string Name, string Provider, string Address, IFeedReader Reader)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<FeedKind> All { get; } =
    [
        new("gcp", "gcp", "https://status.cloud.google.com/incidents.json", new GcpFeed()),
        new("aws", "aws", "https://health.aws.amazon.com/public/currentevents", new AwsFeed()),
        new("aws-rss", "aws", "https://status.aws.amazon.com/rss/all.rss", new AwsRssFeed()),
        new("azure", "azure", "https://azure.status.microsoft/en-us/status/feed/", new AzureFeed()),
        new("oci", "oci", "https://ocistatus.oraclecloud.com/api/v2/incident-summary.rss", new OciFeed()),
        new("statuspage", "", "", new StatuspageFeed()),
    ];

    /// <summary>Null when there is none of that name.</summary>
    public static FeedKind? Find(string name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a feed is: a Statuspage is asked for its summary where only the page is named.</summary>
    public Uri AddressOf(StatusFeedOptions feed)
    {
        Uri address = new(feed.Address.Length > 0 ? feed.Address : Address);
        return Name == "statuspage" && !address.AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/api/v2/summary.json" + address.Query) : address;
    }
}

/// <summary>The name of a kind of feed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FeedKindAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is "" or null || FeedKind.Find((string)value) is not null ? ValidationResult.Success
            : new ValidationResult($"is {value}, which is none of {string.Join(", ", FeedKind.All.Select(kind => kind.Name))}",
                [context.MemberName!]);
}
