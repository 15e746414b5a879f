using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>AWS Health: pages and later communications of one event have one ARN, and are one incident.</summary>
internal static class HealthEvent
{
    public static Understood Read(JsonValue message, JsonValue detail, AwsContext context)
    {
        var arn = detail["eventArn"].Needed("the event's ARN");
        var (starts, ends) = (SourceTime.Read(detail["startTime"]), SourceTime.Read(detail["endTime"]));
        var state = StateOf(detail, ends, context.ReceivedAt);
        var (severity, unknown) = MappedFields.Severity(message, context.Integration, null);
        return new Understood
        {
            State = state, ExternalId = ExternalIds.Fit(arn), Severity = severity,
            Title = detail["eventTypeCode"].Text ?? message["detail-type"].Text, Text = Description(detail),
            StartsAt = starts, EndsAt = state == UnderstoodState.Firing ? null : ends, ReportedAt = SourceTime.Read(message["time"]),
            Service = MappedFields.Text(message, context.Integration.Mapping.Service) ?? detail["service"].Text,
            Region = MappedFields.Text(message, context.Integration.Mapping.Region) ?? detail["eventRegion"].Text ?? message["region"].Text,
            Labels = MappedFields.Labels(message, context.Integration).Add("alertname", detail["eventTypeCode"].Text)
                .Add("category", detail["eventTypeCategory"].Text).Add("account", detail["affectedAccount"].Text ?? message["account"].Text)
                .Add("severity_word", unknown).ToDictionary(),
            Annotations = Annotations(detail),
            NeverResolves = state == UnderstoodState.Info, DeliveryKey = message["id"].Text,
        };
    }

    // What is planned, and what is only told, is no outage. Without a status, what has ended is over.
    static UnderstoodState StateOf(JsonValue detail, DateTimeOffset? ends, DateTimeOffset now) =>
        (detail["eventTypeCategory"].Text?.ToUpperInvariant(), detail["statusCode"].Text?.ToUpperInvariant()) switch
        {
            ("ACCOUNTNOTIFICATION" or "SCHEDULEDCHANGE", _) or (_, "UPCOMING") => UnderstoodState.Info,
            (_, "CLOSED") => UnderstoodState.Resolved,
            (_, "OPEN") => UnderstoodState.Firing,
            _ => ends <= now ? UnderstoodState.Resolved : UnderstoodState.Firing,
        };

    // Line breaks come as a backslash and an n.
    static string? Description(JsonValue detail) =>
        (detail["eventDescription"].Items.FirstOrDefault(one => one["language"].Text?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true)
            ?? detail["eventDescription"][0])["latestDescription"].Text?.Replace(@"\\n", "\n", StringComparison.Ordinal)
            .Replace(@"\n", "\n", StringComparison.Ordinal);

    static Dictionary<string, string> Annotations(JsonValue detail)
    {
        Dictionary<string, string> annotations = [];
        foreach (var (name, value) in new[]
        {
            ("communication_id", detail["communicationId"].Text), ("page", detail["page"].Text), ("total_pages", detail["totalPages"].Text),
            ("affected_entities", string.Join(", ", detail["affectedEntities"].Items.Select(one => one["entityValue"].Text).OfType<string>())),
        })
            if (value is { Length: > 0 })
                annotations.Add(name, value);
        return annotations;
    }
}
