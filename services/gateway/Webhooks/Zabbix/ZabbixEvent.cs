using System.Text.RegularExpressions;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Zabbix;

/// <summary>A problem, its recovery, or an update of it. All three have the problem's event id.</summary>
internal static partial class ZabbixEvent
{
    public static Understood Read(JsonValue root, Integration integration)
    {
        var state = StateOf(root);
        var id = Text(root, "event_id", "eventid", "event.id") ?? EventOfLink().Match(root.FirstText("link", "url") ?? "").Groups[1].Value;
        if (id.Length == 0)
            throw root["event_id"].Wrong("is missing: the problem's event id, {EVENT.ID}");
        var (severity, unknown) = Severity(root, integration);
        var at = ZabbixTime.Read(root, integration, state == UnderstoodState.Resolved);
        var trigger = Text(root, "trigger_id", "triggerid", "trigger.id")
            ?? TriggerOfLink().Match(root.FirstText("link", "url") ?? "").Groups[1].Value;
        return new Understood
        {
            State = state, ExternalId = ExternalIds.Fit(id), Severity = severity,
            Title = Text(root, "name", "event.name", "trigger.name", "trigger", "title", "subject", "message"),
            Text = Text(root, "message", "text", "item")?.ReplaceLineEndings("\n"),
            StartsAt = state is UnderstoodState.Resolved or UnderstoodState.Acknowledged ? null : at,
            EndsAt = state == UnderstoodState.Resolved ? at : null, ReportedAt = state == UnderstoodState.Acknowledged ? null : at,
            Service = MappedFields.Text(root, integration.Mapping.Service) ?? Text(root, "service"),
            Region = MappedFields.Text(root, integration.Mapping.Region) ?? Text(root, "region"),
            Url = Text(root, "link", "url"),
            Labels = MappedFields.Labels(root, integration).Add("host", Text(root, "host", "hostname", "host.name", "host.visible_name"))
                .Add("alertname", Text(root, "name", "event.name", "trigger.name", "trigger")).Add("trigger_id", trigger)
                .Add("item", Text(root, "item.key", "item_key")).AddPairs(root["tags"]).AddAll(root["tags"])
                .Add("severity_word", unknown).ToDictionary(),
            Annotations = Annotations(root), OnlyIfOpen = state == UnderstoodState.Acknowledged,
        };
    }

    // An update is a comment, a change of severity, or that somebody has taken it on; only that the script may tell.
    static UnderstoodState StateOf(JsonValue root)
    {
        var word = Text(root, "event_value", "event.value", "event.status", "status", "state", "trigger.status", "event_status");
        var isOver = word?.ToUpperInvariant() switch
        {
            "1" or "PROBLEM" or "FIRING" => false,
            "0" or "OK" or "RESOLVED" => true,
            _ => throw root["event_value"].Wrong(word is null ? "is missing: 1 or 0, PROBLEM or OK" : $"is neither 1, 0, PROBLEM nor OK: {word}"),
        };
        return isOver ? UnderstoodState.Resolved
            : Text(root, "event_update_status", "event.update_status") == "1"
                && Text(root, "event_ack_status", "event.ack_status")?.Equals("No", StringComparison.OrdinalIgnoreCase) != true
                ? UnderstoodState.Acknowledged : UnderstoodState.Firing;
    }

    // Zabbix's Warning is below its Average, so its own words and numbers come before those of all others.
    static (string?, string?) Severity(JsonValue root, Integration integration)
    {
        if (integration.Mapping.Severity is not null)
            return MappedFields.Severity(root, integration, null);
        var word = Text(root, "severity", "event.nseverity", "event.severity", "trigger.severity", "nseverity");
        var severity = word is null ? null : SeverityWords.Own(word, integration) ?? word.ToUpperInvariant() switch
        {
            "5" or "DISASTER" => "critical",
            "4" or "HIGH" => "high",
            "3" or "AVERAGE" => "medium",
            "2" or "WARNING" => "low",
            "1" or "INFORMATION" or "0" or "NOT CLASSIFIED" => "info",
            _ => SeverityWords.Of(word, integration),
        };
        return (severity, severity is null ? word : null);
    }

    static Dictionary<string, string> Annotations(JsonValue root)
    {
        Dictionary<string, string> annotations = [];
        foreach (var (name, value) in new[]
        {
            ("item_value", Text(root, "item.value", "item_value")), ("operational_data", Text(root, "opdata", "event.opdata")),
            ("address", Text(root, "host.connection_info", "host_ip")), ("update", Text(root, "update_message", "event.update_message")),
            ("by", Text(root, "user", "update_user")),
        })
            if (value is not null)
                annotations.Add(name, value);
        return annotations;
    }

    /// <summary>The first of the paths with a text; a macro that Zabbix has not put a value in is none.</summary>
    public static string? Text(JsonValue root, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
            if (root.At(path).Text is { } text && !IsEmptyMacro(text))
                return text;
        return null;
    }

    static bool IsEmptyMacro(string text) => text == "*UNKNOWN*" || Macro().IsMatch(text);

    [GeneratedRegex(@"^\{[?A-Z$#][^{}]*\}$")]
    private static partial Regex Macro();

    [GeneratedRegex(@"[?&]eventid=(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex EventOfLink();

    [GeneratedRegex(@"[?&]triggerid=(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex TriggerOfLink();
}
