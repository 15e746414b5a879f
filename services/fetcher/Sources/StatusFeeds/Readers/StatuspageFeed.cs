using System.Text.Json;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>
/// Any Statuspage: its summary, which lists what lasts and how its components are, or its list of incidents, which has a history. The page's own
/// verdict is not asked: it says that all is well while a component is out.
/// </summary>
internal sealed class StatuspageFeed : IFeedReader
{
    static readonly HashSet<string> OverWords = new(StringComparer.OrdinalIgnoreCase) { "resolved", "postmortem", "completed" };

    public FeedReading Read(byte[] body)
    {
        using var json = JsonBody.Parse(body);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("page", out var page) || page.Text("id") is not { } pageId)
            throw new InvalidDataException("no answer of a Statuspage: its page is missing");
        var isSummary = root.TryGetProperty("components", out var components) && components.ValueKind == JsonValueKind.Array;
        if (!isSummary && !root.TryGetProperty("incidents", out _))
            throw new InvalidDataException("neither components nor incidents of a Statuspage");
        List<Incident> found = [];
        HashSet<string> told = [];
        var odd = 0;
        foreach (var entry in root.Items("incidents"))
            if (entry.Text("id") is { } id && entry.Text("status") is { } status)
            {
                found.Add(Of(entry, $"{pageId}.{id}", status));
                if (found[^1].IsOpen)
                    told.UnionWith(found[^1].Services);
            }
            else
                odd++;
        found.AddRange(root.Items("scheduled_maintenances").Select(entry => Maintenance(entry, pageId)).OfType<Incident>());
        if (isSummary)
            foreach (var component in components.EnumerateArray())
                if (Component(component, page, pageId, told) is { } incident)
                    found.Add(incident);
        return new(found) { ListsAllOpen = isSummary && odd == 0, Odd = odd };
    }

    static Incident Of(JsonElement entry, string key, string status)
    {
        var over = OverWords.Contains(status);
        var created = FeedTime.Iso(entry.Text("created_at"));
        return new()
        {
            Key = key, Title = entry.Text("name") ?? key, IsOpen = !over, StartedAt = FeedTime.Iso(entry.Text("started_at")) ?? created,
            AppearedAt = created, EndedAt = over ? FeedTime.Iso(entry.Text("resolved_at")) ?? FeedTime.Iso(entry.Text("updated_at")) : null,
            Severity = SeverityWords.Of(entry.Text("impact")), Services = Names(entry), Url = entry.Text("shortlink"), Status = status,
            Text = entry.Items("incident_updates").FirstOrDefault().Text("body"),
        };
    }

    // A window of the future is none, nor one of the past; what is not said to have begun has not.
    static Incident? Maintenance(JsonElement entry, string pageId) => entry.Text("status") is "in_progress" or "verifying" ? new()
    {
        Key = $"{pageId}.{entry.Text("id") ?? entry.Text("name")}", Title = entry.Text("name") ?? "Maintenance", IsOpen = true, IsMaintenance = true,
        StartedAt = FeedTime.Iso(entry.Text("scheduled_for")), AppearedAt = FeedTime.Iso(entry.Text("scheduled_for")), Severity = "info",
        Services = Names(entry), Url = entry.Text("shortlink"), Status = entry.Text("status"),
        Text = entry.Items("incident_updates").FirstOrDefault().Text("body"),
    } : null;

    // A component of which an incident tells is told of by that.
    static Incident? Component(JsonElement component, JsonElement page, string pageId, HashSet<string> told)
    {
        var isGroup = component.TryGetProperty("group", out var group) && group.ValueKind == JsonValueKind.True;
        var (name, status) = (component.Text("name"), component.Text("status"));
        if (isGroup || name is null || status is null or "operational" || told.Contains(name))
            return null;
        return new()
        {
            Key = $"{pageId}/{component.Text("id") ?? name}", Title = $"{name}: {status.Replace('_', ' ')}", IsOpen = true, Services = [name],
            Severity = SeverityWords.Of(status), Status = status, Url = page.Text("url"), IsMaintenance = status == "under_maintenance",
        };
    }

    static List<string> Names(JsonElement entry) => [.. entry.Items("components")
        .Where(one => !(one.TryGetProperty("group", out var group) && group.ValueKind == JsonValueKind.True))
        .Select(one => one.Text("name")).OfType<string>().Distinct()];
}
