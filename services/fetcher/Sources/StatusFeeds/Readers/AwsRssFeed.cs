namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>
/// Amazon's older feed: the newest updates, not outages. Those of one service in one region belong together; whether it is over only the words of the
/// newest say.
/// </summary>
internal sealed class AwsRssFeed : IFeedReader
{
    static readonly string[] OverWords = ["[RESOLVED]", "Service is operating normally", "has been resolved", "operating normally"];
    static readonly string[] Prefixes = ["Service is operating normally:", "Service impact:", "Service disruption:", "Service degradation:",
        "Informational message:", "Performance issues:"];

    public FeedReading Read(byte[] body)
    {
        List<(string Key, DateTimeOffset At, RssItem Item)> updates = [];
        var odd = 0;
        foreach (var item in RssBody.Items(body))
            if (KeyOf(item.Guid) is { } key && (FeedTime.Rss(item.PubDate) ?? TimeOf(item.Guid!)) is { } at)
                updates.Add((key, at, item));
            else
                odd++;
        return odd > 0 && updates.Count == 0 ? throw new InvalidDataException("no item that can be read")
            : new([.. updates.GroupBy(update => update.Key).Select(group => Of(group.Key, [.. group.OrderBy(update => update.At)]))]) { Odd = odd };
    }

    static Incident Of(string key, IReadOnlyList<(string Key, DateTimeOffset At, RssItem Item)> updates)
    {
        var (newest, at) = (updates[^1].Item, updates[^1].At);
        var over = IsOver(newest);
        // The outage before this one, of the same service, ended with the update that said so.
        var last = updates.SkipLast(1).Index().LastOrDefault(update => IsOver(update.Item.Item), (-1, default));
        var began = updates[last.Index + 1].At;
        return new()
        {
            Key = key, Title = Words(newest.Title), IsOpen = !over, StartedAt = began, AppearedAt = began, EndedAt = over ? at : null,
            Services = [AwsKey.ServiceOf(key)], Regions = AwsKey.RegionOf(key) is { } region ? [region] : [], Url = newest.Link,
            Text = RssBody.Plain(newest.Description),
        };
    }

    static bool IsOver(RssItem item) => OverWords.Any(word => item.Title?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    static string Words(string? title)
    {
        var words = title ?? "";
        foreach (var prefix in Prefixes.Where(prefix => words.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            words = words[prefix.Length..].Trim();
        return words.Length > 0 ? words : "An outage";
    }

    // …#directconnect-eu-central-1_1787025679
    static string? KeyOf(string? guid) =>
        guid?.Split('#') is [_, var mark] && mark.LastIndexOf('_') is > 0 and var at ? mark[..at] : null;

    static DateTimeOffset? TimeOf(string guid) => FeedTime.Epoch(guid[(guid.LastIndexOf('_') + 1)..]);
}
