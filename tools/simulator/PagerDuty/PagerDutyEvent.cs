using System.Globalization;
using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.PagerDuty;

/// <summary>An event as its fields say, once they are checked.</summary>
internal sealed record PagerDutyEvent(string RoutingKey, string Action, string DedupKey, string Summary, string Severity)
{
    private const int RoutingKeyLength = 32, DedupKeyLimit = 255, SummaryLimit = 1_024;

    public static PagerDutyEvent From(JsonElement json) => new(
        json.Text("routing_key")!,
        json.Text("event_action")!,
        json.Text("dedup_key") is { Length: > 0 } given ? given : Guid.NewGuid().ToString("N"),
        json.Field("payload")?.Text("summary") ?? "",
        json.Field("payload")?.Text("severity") ?? "");

    /// <summary>What is wrong. [U] Only the texts about the routing key, blank fields and the severity are known to be the real ones.</summary>
    public static IEnumerable<string> Errors(JsonElement json)
    {
        if (Blank(json, "routing_key", "routing_key") is { } noKey)
        {
            yield return noKey;
        }
        else if (json.Text("routing_key")!.Length != RoutingKeyLength)
        {
            yield return $"Length of 'routing_key' is incorrect (should be {RoutingKeyLength} characters)";
        }

        var action = json.Text("event_action");
        if (Blank(json, "event_action", "event_action") is { } noAction)
        {
            yield return noAction;
        }
        else if (action is not ("trigger" or "acknowledge" or "resolve"))
        {
            yield return "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')";
        }

        if (action is "acknowledge" or "resolve" && Blank(json, "dedup_key", "dedup_key") is { } noDedupKey)
        {
            yield return noDedupKey;
        }
        else if (!json.IsAbsentOr("dedup_key", JsonValueKind.String) || json.Text("dedup_key") is { Length: > DedupKeyLimit })
        {
            yield return $"Length of 'dedup_key' is incorrect (should be at most {DedupKeyLimit} characters)";
        }

        foreach (var error in action == "trigger" ? Payload(json.Field("payload")) : [])
        {
            yield return error;
        }

        if (!IsListOf(json, "links", "href"))
        {
            yield return "'links' is invalid (must be an array of objects with 'href')";
        }

        if (!IsListOf(json, "images", "src"))
        {
            yield return "'images' is invalid (must be an array of objects with 'src')";
        }

        foreach (var name in new[] { "client", "client_url" }.Where(name => !json.IsAbsentOr(name, JsonValueKind.String)))
        {
            yield return $"'{name}' is invalid (must be a string)";
        }
    }

    private static IEnumerable<string> Payload(JsonElement? payload)
    {
        if (payload is not { ValueKind: JsonValueKind.Object } given)
        {
            yield return "'payload' is missing or blank";
            yield break;
        }

        foreach (var error in new[] { "summary", "source", "severity" }.Select(name => Blank(given, name, $"payload.{name}")).OfType<string>())
        {
            yield return error;
        }

        if (given.Text("summary") is { Length: > SummaryLimit })
        {
            yield return $"Length of 'payload.summary' is incorrect (should be at most {SummaryLimit} characters)";
        }

        if (given.Text("severity") is { Length: > 0 } severity and not ("critical" or "warning" or "error" or "info"))
        {
            yield return "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')";
        }

        if (given.Field("timestamp") is not null
            && !DateTimeOffset.TryParse(given.Text("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            yield return "'payload.timestamp' is invalid (must be in ISO 8601 format)";
        }

        foreach (var name in new[] { "component", "group", "class" }.Where(name => !given.IsAbsentOr(name, JsonValueKind.String)))
        {
            yield return $"'payload.{name}' is invalid (must be a string)";
        }
    }

    private static string? Blank(JsonElement json, string name, string called) =>
        string.IsNullOrWhiteSpace(json.Text(name)) ? $"'{called}' is missing or blank" : null;

    private static bool IsListOf(JsonElement json, string name, string needed) =>
        json.Field(name) is null || json.Items(name)?.All(item => item.Text(needed) is { Length: > 0 }) == true;
}
