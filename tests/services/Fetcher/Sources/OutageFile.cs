using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.ServiceTests.Fetcher.Sources;

/// <summary>What a feed says at a time, and how many outages have been raised and cleared by then.</summary>
internal sealed record FeedStep(string Story, byte[] Body, int Raised, int Cleared);

/// <summary>A captured feed, with what was before and after it.</summary>
/// <param name="Path">In <c>tests/payloads</c>.</param>
/// <param name="Kind">The feed's.</param>
/// <param name="Steps">What it says, one after the other.</param>
internal sealed partial record OutageFile(string Path, string Kind, params FeedStep[] Steps)
{
    /// <summary>The feed's own name.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string? Severity { get; init; }
    public string? Service { get; init; }
    public string? Region { get; init; }
    public string? StartedAt { get; init; }

    public static IReadOnlyList<OutageFile> All { get; } =
    [
        new("outages/gcp-incidents.json", "gcp",
            new("two that ended before and one that lasts", Payload.Bytes("outages/gcp-incidents.json"), 1, 0),
            new("the end of it", Edited("outages/gcp-incidents.json", ("\"external_desc\": \"Retry errors",
                "\"end\": \"2023-03-10T18:00:00+00:00\", \"external_desc\": \"Retry errors")), 1, 1))
        {
            Severity = "low", Service = "Google BigQuery", Region = "europe-north1", StartedAt = "2023-03-10T14:09:43Z",
        },
        new("outages/aws-currentevents-utf16be.json", "aws",
            new("one that was over before", Payload.Bytes("outages/aws-currentevents-utf16be.json"), 0, 0),
            new("the same while it lasted", Utf16(Whole(AwsText).Replace("\"status\": \"0\"", "\"status\": \"1\"", StringComparison.Ordinal)), 1, 0),
            new("its end", Payload.Bytes("outages/aws-currentevents-utf16be.json"), 1, 1),
            new("a quiet feed", "[]"u8.ToArray(), 1, 1))
        {
            Service = "AWS NAT Gateway, Amazon Elastic Compute Cloud, Amazon Elastic Load Balancing", Region = "us-west-2",
            StartedAt = "2023-03-13T16:57:31Z",
        },
        new("outages/aws-all.rss", "aws-rss",
            new("its updates but the last", Encoding.UTF8.GetBytes(FirstItem().Replace(Payload.Text("outages/aws-all.rss"), "", 1)), 1, 0),
            new("the last, which says that it is resolved", Payload.Bytes("outages/aws-all.rss"), 1, 1))
        {
            Service = "directconnect", Region = "eu-central-1", StartedAt = "2026-08-17T17:59:20Z",
        },
        new("outages/azure-status-quiet.rss", "azure", new FeedStep("a quiet feed", Payload.Bytes("outages/azure-status-quiet.rss"), 0, 0)),
        new("outages/azure-status-item-outside-channel.rss", "azure",
            new("an item that is outside of its channel", Payload.Bytes("outages/azure-status-item-outside-channel.rss"), 1, 0),
            new("a page that is no feed", "<!DOCTYPE html><html><body>All is well</body></html>"u8.ToArray(), 1, 0),
            new("a quiet feed", Payload.Bytes("outages/azure-status-quiet.rss"), 1, 1))
        {
            Service = "Virtual Machines/VM Scale Sets", Region = "East US 2",
        },
        new("outages/oci-incident-summary.rss", "oci",
            new("one that lasts and one that was over before", Payload.Bytes("outages/oci-incident-summary.rss"), 1, 0),
            new("the end of it", Edited("outages/oci-incident-summary.rss", ("Identified", "Resolved")), 1, 1))
        {
            Service = "Networking", Region = "us-ashburn-1",
        },
        new("outages/statuspage-github-incidents.json", "statuspage",
            new("three that were over before", Payload.Bytes("outages/statuspage-github-incidents.json"), 0, 0),
            new("one of them while it lasted", Edited("outages/statuspage-github-incidents.json",
                ("\"name\": \"Incident with GitHub.com\",\n      \"status\": \"resolved\"",
                    "\"name\": \"Incident with GitHub.com\",\n      \"status\": \"investigating\""),
                ("\"resolved_at\": \"2026-08-17T21:15:46.623Z\"", "\"resolved_at\": null")), 1, 0),
            new("its end", Payload.Bytes("outages/statuspage-github-incidents.json"), 1, 1))
        {
            Severity = "critical", Service = "Git Operations, Webhooks", StartedAt = "2026-08-17T13:40:03.620Z",
        },
        new("outages/statuspage-summary-maintenance.json", "statuspage",
            new("a component that is out in part though all is said to be well", Payload.Bytes("outages/statuspage-summary-maintenance.json"), 1, 0),
            new("the component that is well again", Edited("outages/statuspage-summary-maintenance.json",
                ("\"name\": \"Oregon\",\n      \"status\": \"partial_outage\"", "\"name\": \"Oregon\",\n      \"status\": \"operational\"")), 1, 1))
        {
            Severity = "high", Service = "Oregon",
        },
    ];

    static string AwsText => Encoding.BigEndianUnicode.GetString(Payload.Bytes("outages/aws-currentevents-utf16be.json"));

    static string Whole(string text) => EndTime().Replace(text, "");

    static byte[] Utf16(string text) => Encoding.BigEndianUnicode.GetBytes(text); // its byte order mark is still before it

    static byte[] Edited(string path, params (string From, string To)[] edits) => Encoding.UTF8.GetBytes(edits.Aggregate(
        Payload.Text(path).ReplaceLineEndings("\n"), (text, edit) => text.Contains(edit.From, StringComparison.Ordinal)
            ? text.Replace(edit.From, edit.To, StringComparison.Ordinal) : throw new InvalidOperationException($"{path} has no {edit.From}")));

    [GeneratedRegex(@",\s*""end_time"": ""\d+""")]
    private static partial Regex EndTime();

    [GeneratedRegex(@"<item>.*?</item>", RegexOptions.Singleline)]
    private static partial Regex FirstItem();
}
