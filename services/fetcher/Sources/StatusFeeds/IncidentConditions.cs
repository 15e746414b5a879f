using Sigma.Fetcher.Sources.Affected;

namespace Sigma.Fetcher.Sources.StatusFeeds;

/// <summary>
/// An outage as conditions: one of its own, with all services and regions that are watched, and one for each site that stands on it, with the site's
/// labels.
/// </summary>
internal sealed class IncidentConditions(StatusFeedOptions feed, string provider, AffectedSites sites)
{
    const int LongestLabel = 150, LongestText = 600;
    const string AtSite = "@site-";

    readonly IReadOnlySet<string>? _services = Wanted(feed.Services), _regions = Wanted(feed.Regions);

    /// <summary>None when it is about nothing that is watched.</summary>
    public IEnumerable<SeenCondition> Of(Incident incident)
    {
        if (Watched(incident.Services, _services) is not { } services || Watched(incident.Regions, _regions) is not { } regions)
            yield break;
        SeenCondition own = new()
        {
            ExternalId = incident.Key, Labels = Labels(services, regions), Fires = incident.IsOpen, Severity = incident.Severity ?? feed.Severity,
            Title = incident.Title, Url = incident.Url, StartedAt = incident.StartedAt, EndedAt = incident.EndedAt, AppearedAt = incident.AppearedAt,
            Annotations = Annotations(incident),
        };
        yield return own;
        foreach (var site in sites.Of(provider, services, regions))
            yield return own with { ExternalId = $"{incident.Key}{AtSite}{site.Id}", Labels = Labels(site) };
    }

    /// <summary>The key of the outage that a site's condition is of.</summary>
    public static string KeyOf(string externalId) =>
        externalId.LastIndexOf(AtSite, StringComparison.Ordinal) is > 0 and var at ? externalId[..at] : externalId;

    Dictionary<string, string> Labels(IReadOnlyList<string> services, IReadOnlyList<string> regions)
    {
        Dictionary<string, string> labels = new() { ["provider"] = provider };
        if (services.Count > 0)
            labels["service"] = Joined(services);
        if (regions.Count > 0)
            labels["region"] = Joined(regions);
        return labels;
    }

    Dictionary<string, string> Labels(AffectedSite site)
    {
        Dictionary<string, string> labels = new(site.Labels) { ["provider"] = provider };
        if (site.Service is { } service)
            labels["service"] = service;
        if (site.Region is { } region)
            labels["region"] = region;
        return labels;
    }

    static Dictionary<string, string> Annotations(Incident incident)
    {
        Dictionary<string, string> annotations = [];
        if (incident.Status is { } status)
            annotations["status"] = status;
        if (incident.Services.Count > 1)
            annotations["services"] = string.Join(", ", incident.Services);
        if (incident.Regions.Count > 1)
            annotations["regions"] = string.Join(", ", incident.Regions);
        if (incident.Text is { Length: > 0 } text)
            annotations["text"] = text.Length <= LongestText ? text : text[..LongestText];
        return annotations;
    }

    // Those that are watched, all where none is named; null when it names some and none of them is watched.
    static IReadOnlyList<string>? Watched(IReadOnlyList<string> named, IReadOnlySet<string>? wanted) =>
        wanted is null || named.Count == 0 ? named : named.Where(wanted.Contains).ToList() is { Count: > 0 } watched ? watched : null;

    static IReadOnlySet<string>? Wanted(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } names && !names.Contains("*")
            ? names.ToHashSet(StringComparer.OrdinalIgnoreCase) : null;

    // What does not fit is in the annotations.
    static string Joined(IReadOnlyList<string> names)
    {
        var all = "";
        foreach (var (index, name) in names.Order(StringComparer.Ordinal).Index())
        {
            var longer = index == 0 ? name : $"{all}, {name}";
            if (longer.Length > LongestLabel)
                return index == 0 ? name[..LongestLabel] : $"{all}, …";
            all = longer;
        }
        return all;
    }
}
