namespace Sigma.Gateway.Webhooks.Mapped;

/// <summary>Where senders of plain JSON usually have what, when the mapping does not say. The first that has a value counts.</summary>
internal static class UsualNames
{
    /// <summary>Objects in which an alert may lie.</summary>
    public static readonly string[] Wrappers = ["data", "alert", "event", "incident"];

    public static readonly string[] Id =
        ["alert_uid", "alert_id", "alertId", "check_id", "checkId", "incident_id", "incidentId", "event_id", "eventId", "dedup_key", "dedupKey",
            "dedupeKey", "fingerprint", "external_id", "externalId", "uid", "id", "key"];

    public static readonly string[] State =
        ["state", "status", "current_state", "currentState", "alert_state", "alertState", "event_action", "monitorCondition"];

    public static readonly string[] Firing =
        ["alerting", "firing", "fired", "fire", "active", "activated", "down", "problem", "open", "opened", "new", "trigger", "triggered", "raised",
            "failed", "failing", "failure", "fail", "alarm", "bad", "unhealthy", "breached", "critical", "error", "warning"];

    public static readonly string[] Resolved =
        ["resolved", "resolve", "ok", "closed", "close", "up", "normal", "recovered", "recovery", "cleared", "clear", "inactive", "deactivated",
            "canceled", "cancelled", "success", "succeeded", "healthy", "good", "completed", "fixed"];

    public static readonly string[] Acknowledged = ["acknowledged", "acknowledge", "acked", "ack"];

    public static readonly string[] NoData = ["no_data", "nodata", "no data", "unknown", "insufficient_data", "pending", "paused", "muted"];

    public static readonly string[] Test = ["test", "testing"];

    public static readonly string[] Severity =
        ["severity", "importance_level", "importance", "criticality", "priority", "urgency", "alert_severity", "level"];

    public static readonly string[] Title =
        ["title", "summary", "subject", "check_name", "checkName", "alert_name", "alertName", "alertname", "rule_name", "ruleName", "name", "info",
            "resourceName", "resource_name", "message", "description", "text", "msg", "type"];

    public static readonly string[] Text = ["message", "long_description", "description", "text", "details", "body", "msg", "info"];

    public static readonly string[] StartsAt =
        ["startsAt", "starts_at", "startedAt", "started_at", "startTime", "start_time", "startDate", "start_date", "firedDateTime", "triggered_at",
            "triggeredAt", "opened_at", "raised_at"];

    public static readonly string[] EndsAt =
        ["endsAt", "ends_at", "endedAt", "ended_at", "endTime", "end_time", "resolvedAt", "resolved_at", "resolvedDateTime", "closedAt", "closed_at",
            "recovered_at", "cancelDate"];

    /// <summary>When it became what it is: the start of what fires, and the end of what is over.</summary>
    public static readonly string[] ChangedAt =
        ["state_changed_timestamp", "state_changed_at", "changed_at", "timestamp", "time", "datetime", "occurred_at", "occurredAt", "updated_at",
            "updatedAt", "updateDate", "created_at", "createdAt", "date"];

    /// <summary>Names whose numbers are known to be seconds.</summary>
    public static readonly string[] Seconds = ["state_changed_timestamp"];

    /// <summary>Names whose numbers are known to be milliseconds.</summary>
    public static readonly string[] Milliseconds = ["startDate", "cancelDate", "updateDate"];

    public static readonly string[] Service = ["service", "service_name", "serviceName"];

    public static readonly string[] Region = ["region", "region_name", "regionName"];

    public static readonly string[] Url =
        ["url", "link", "link_to_upstream_details", "alert_url", "alertUrl", "details_url", "dashboard_url", "href"];

    public static readonly string[] Labels = ["labels", "tags"];
}
