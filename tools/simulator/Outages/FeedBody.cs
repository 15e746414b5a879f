using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Sigma.Simulator.Outages;

/// <summary>The body of each kind of feed, as its provider writes it.</summary>
internal static class FeedBody
{
    public static readonly string[] Kinds = ["gcp", "aws", "aws-rss", "azure", "oci", "statuspage"];

    public static (byte[] Body, string ContentType) Of(string kind, IReadOnlyList<SimulatedOutage> outages) => kind switch
    {
        "gcp" => (Json(outages.Select(Gcp)), "application/json"),
        "aws" => ([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(JsonSerializer.Serialize(outages.Select(Aws)))], "application/json"),
        "aws-rss" => (Rss(outages.SelectMany(AwsItems)), "application/rss+xml"),
        "azure" => (Rss(outages.Where(outage => outage.EndedAt is null).Select(AzureItem)), "application/rss+xml"),
        "oci" => (Rss(outages.Select(OciItem)), "application/rss+xml"),
        _ => (Json(Statuspage(outages)), "application/json"),
    };

    private static object Gcp(SimulatedOutage outage)
    {
        Dictionary<string, object?> incident = new()
        {
            ["id"] = outage.Id, ["begin"] = outage.StartedAt, ["created"] = outage.StartedAt, ["modified"] = outage.EndedAt ?? outage.StartedAt,
            ["external_desc"] = outage.Title, ["status_impact"] = "SERVICE_DISRUPTION", ["severity"] = outage.Severity,
            ["affected_products"] = outage.Services.Select(title => new { title, id = title }),
            [outage.EndedAt is null ? "currently_affected_locations" : "previously_affected_locations"] =
                outage.Regions.Select(id => new { title = id, id }),
            ["uri"] = $"incidents/{outage.Id}",
        };
        if (outage.EndedAt is { } end)
        {
            incident["end"] = end;
        }

        return incident;
    }

    private static object Aws(SimulatedOutage outage) => new
    {
        date = Epoch(outage.StartedAt),
        arn = $"arn:aws:health:{outage.Regions.FirstOrDefault()}::event/{outage.Id}",
        region_name = outage.Regions.FirstOrDefault(),
        status = outage.EndedAt is null ? "1" : "0",
        service = $"{outage.Services.FirstOrDefault()}-{outage.Regions.FirstOrDefault()}",
        service_name = outage.Services.FirstOrDefault(),
        summary = outage.Title,
        event_log = new[] { new { summary = outage.Title, message = outage.Title, status = 1, timestamp = outage.StartedAt.ToUnixTimeSeconds() } },
        end_time = outage.EndedAt is { } end ? Epoch(end) : null,
    };

    private static IEnumerable<XElement> AwsItems(SimulatedOutage outage)
    {
        if (outage.EndedAt is { } end)
        {
            yield return AwsItem(outage, $"Service is operating normally: [RESOLVED] {outage.Title}", end);
        }

        yield return AwsItem(outage, $"Service impact: {outage.Title}", outage.StartedAt);
    }

    private static XElement AwsItem(SimulatedOutage outage, string title, DateTimeOffset at) => Item(title, outage.Title, at.AddHours(-8), "PST",
        $"https://status.aws.amazon.com/#{outage.Services.FirstOrDefault()}-{outage.Regions.FirstOrDefault()}_{Epoch(at)}");

    private static XElement AzureItem(SimulatedOutage outage) =>
        Item($"{outage.Services.FirstOrDefault()} - {outage.Regions.FirstOrDefault()}", outage.Title, outage.StartedAt, "Z", outage.Id);

    private static XElement OciItem(SimulatedOutage outage) => Item(
        $"{outage.Services.FirstOrDefault()} | {outage.Regions.FirstOrDefault()} | {outage.Id}",
        $"<p><strong>{(outage.EndedAt is null ? "Identified" : "Resolved")}</strong> - {outage.Title}</p>", outage.EndedAt ?? outage.StartedAt, "UTC",
        $"ocid1.oraclecloudincident.oc1..{outage.Id}");

    private static XElement Item(string title, string text, DateTimeOffset at, string zone, string id) => new("item",
        new XElement("title", title), new XElement("description", text), new XElement("guid", id),
        new XElement("pubDate", string.Create(CultureInfo.InvariantCulture, $"{at:ddd, dd MMM yyyy HH:mm:ss} {zone}")));

    // A summary, which lists what lasts.
    private static object Statuspage(IReadOnlyList<SimulatedOutage> outages) => new
    {
        page = new { id = "simulated", name = "Simulated", url = "https://status.example.com" },
        status = new { indicator = "none", description = "All Systems Operational" },
        components = Array.Empty<object>(),
        incidents = outages.Where(outage => outage.EndedAt is null).Select(outage => new
        {
            id = outage.Id, name = outage.Title, status = "investigating", created_at = outage.StartedAt, started_at = outage.StartedAt,
            impact = outage.Severity, shortlink = $"https://stspg.io/{outage.Id}", resolved_at = (DateTimeOffset?)null,
            components = outage.Services.Select(name => new { name, status = "major_outage" }), incident_updates = Array.Empty<object>(),
        }),
        scheduled_maintenances = Array.Empty<object>(),
    };

    private static byte[] Rss(IEnumerable<XElement> items) => Encoding.UTF8.GetBytes(
        new XElement("rss", new XAttribute("version", "2.0"), new XElement("channel", new XElement("title", "Simulated"), items)).ToString());

    private static byte[] Json(object body) => JsonSerializer.SerializeToUtf8Bytes(body);

    private static string Epoch(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
