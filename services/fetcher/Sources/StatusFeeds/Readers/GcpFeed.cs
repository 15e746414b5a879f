using System.Text.Json;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>Google Cloud's incidents, which Google Workspace has in the same shape: those that last, and a long history.</summary>
internal sealed class GcpFeed : IFeedReader
{
    const string Site = "https://status.cloud.google.com/";

    public FeedReading Read(byte[] body)
    {
        using var json = JsonBody.Parse(body);
        List<Incident> incidents = [];
        var odd = 0;
        foreach (var entry in JsonBody.List(json.RootElement, "incidents"))
            if (entry.Text("id") is { } id && FeedTime.Iso(entry.Text("begin")) is { } begin)
                incidents.Add(Of(entry, id, begin));
            else
                odd++;
        return odd > 0 && incidents.Count == 0 ? throw new InvalidDataException("no incident that can be read") : new(incidents) { Odd = odd };
    }

    static Incident Of(JsonElement entry, string id, DateTimeOffset begin)
    {
        var end = FeedTime.Iso(entry.Text("end"));
        var latest = entry.TryGetProperty("most_recent_update", out var update) ? update : default;
        List<string> regions = [.. Ids(entry, "currently_affected_locations").Concat(Ids(entry, "previously_affected_locations")).Distinct()];
        List<string> services = [.. entry.Items("affected_products").Select(product => product.Text("title")).OfType<string>().Distinct()];
        return new()
        {
            Key = id, Title = entry.Text("external_desc") ?? entry.Text("service_name") ?? $"Incident {id}", IsOpen = end is null,
            StartedAt = begin, EndedAt = end, AppearedAt = FeedTime.Iso(entry.Text("created")), Severity = SeverityWords.Of(entry.Text("severity")),
            Services = services.Count > 0 ? services : entry.Text("service_name") is { } one ? [one] : [], Regions = regions,
            Url = entry.Text("uri") is { } uri && Uri.TryCreate(new Uri(Site), uri, out var address) ? address.ToString() : null,
            Status = latest.Text("status") ?? entry.Text("status_impact"), Text = latest.Text("text"),
        };
    }

    static IEnumerable<string> Ids(JsonElement entry, string field) => entry.Items(field).Select(one => one.Text("id")).OfType<string>();
}
