using System.Text.RegularExpressions;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>Oracle Cloud's summary of incidents: service, region and id in the title, how far it is in the first bold words.</summary>
internal sealed partial class OciFeed : IFeedReader
{
    static readonly HashSet<string> OverWords = new(StringComparer.OrdinalIgnoreCase) { "Resolved", "Completed", "Postmortem", "Closed" };
    static readonly HashSet<string> PlannedWords = new(StringComparer.OrdinalIgnoreCase) { "Scheduled" };

    public FeedReading Read(byte[] body)
    {
        var items = RssBody.Items(body);
        List<Incident> incidents = [.. items.Select(Of).OfType<Incident>()];
        return incidents.Count == 0 && items.Count > 0 ? throw new InvalidDataException("no incident that can be read")
            : new(incidents) { Odd = items.Count - incidents.Count };
    }

    static Incident? Of(RssItem item)
    {
        if (item.Title is null || (item.Guid ?? item.Link) is not { } key
            || Bold().Match(item.Description ?? "") is not { Success: true, Groups: [_, { Value: var found }, ..] })
            return null;
        var state = RssBody.Plain(found).Trim();
        var parts = item.Title.Split('|', StringSplitOptions.TrimEntries);
        var at = FeedTime.Rss(item.PubDate);
        var over = OverWords.Contains(state) || PlannedWords.Contains(state);
        return new()
        {
            Key = key, Title = parts is [var what, var where, ..] ? $"{what}: {where}" : item.Title, IsOpen = !over, StartedAt = at, AppearedAt = at,
            EndedAt = over ? at : null, Services = parts is [{ Length: > 0 } service, _, ..] ? [service] : [],
            Regions = parts is [_, { Length: > 0 } region, ..] ? [OciRegions.KeyOf(region)] : [], Url = item.Link, Status = state,
            Text = RssBody.Plain(item.Description),
        };
    }

    [GeneratedRegex("<strong>(.*?)</strong>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Bold();
}
