using Sigma.Storage;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>Azure's feed: wide outages that last, usually none. It has no word for their end: they leave it.</summary>
internal sealed class AzureFeed : IFeedReader
{
    const string Between = " - ";

    public FeedReading Read(byte[] body)
    {
        var items = RssBody.Items(body);
        List<Incident> incidents = [.. items.Where(item => item.Title is not null).Select(Of)];
        return new(incidents) { ListsAllOpen = incidents.Count == items.Count, Odd = items.Count - incidents.Count };
    }

    static Incident Of(RssItem item)
    {
        var (service, region) = Parts(item.Title!);
        var at = FeedTime.Rss(item.PubDate);
        return new()
        {
            Key = item.Guid ?? $"{Ids.From("azure", item.Title!, item.Description ?? ""):N}", Title = item.Title!, IsOpen = true, StartedAt = at,
            AppearedAt = at, Services = service is null ? [] : [service], Regions = region is null ? [] : [region], Url = item.Link,
            Text = RssBody.Plain(item.Description),
        };
    }

    // "Virtual Machines/VM Scale Sets - East US 2"
    static (string? Service, string? Region) Parts(string title) => title.LastIndexOf(Between, StringComparison.Ordinal) is > 0 and var at
        ? (title[..at].Trim(), title[(at + Between.Length)..].Trim()) : (null, null);
}
