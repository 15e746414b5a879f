using System.Text.Json;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>The events of Amazon's health dashboard: those that last or have just ended. A quiet feed is an empty list.</summary>
internal sealed class AwsFeed : IFeedReader
{
    const string Site = "https://health.aws.amazon.com/health/status", Over = "0";

    public FeedReading Read(byte[] body)
    {
        using var json = JsonBody.Parse(body);
        List<Incident> incidents = [];
        var odd = 0;
        foreach (var entry in JsonBody.List(json.RootElement, "events"))
            if (entry.Text("status") is { } status && (entry.Text("arn") ?? entry.Text("service")) is { } what)
                incidents.Add(Of(entry, status, what));
            else
                odd++;
        return odd > 0 && incidents.Count == 0 ? throw new InvalidDataException("no event that can be read")
            : new(incidents) { ListsAllOpen = odd == 0, Odd = odd };
    }

    static Incident Of(JsonElement entry, string status, string what)
    {
        var began = FeedTime.Epoch(entry.Text("date"));
        var service = entry.Text("service");
        List<string> services = [.. (entry.TryGetProperty("impacted_services", out var impacted) && impacted.ValueKind == JsonValueKind.Object
            ? impacted.EnumerateObject().Select(one => one.Value.Text("service_name") ?? AwsKey.ServiceOf(one.Name)) : []).Distinct()];
        if (services.Count == 0 && (entry.Text("service_name") ?? (service is null ? null : AwsKey.ServiceOf(service))) is { } own)
            services.Add(own);
        var log = entry.Items("event_log").OrderBy(one => FeedTime.Epoch(one.Text("timestamp"))).LastOrDefault();
        var region = AwsKey.RegionOf(service) ?? AwsKey.RegionOfArn(entry.Text("arn"));
        return new()
        {
            // The service's key alone comes again with its next outage, at another time.
            Key = entry.Text("arn") ?? $"{what}@{entry.Text("date")}", Title = entry.Text("summary") ?? what, IsOpen = status != Over,
            StartedAt = began, AppearedAt = began, EndedAt = FeedTime.Epoch(entry.Text("end_time")), Services = services,
            Regions = region is null ? [] : [region], Url = Site, Status = status, Text = log.Text("message"),
        };
    }
}
