using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Azure;

/// <summary>Whether a resource is available. Each change is an alert of its own: what it is of is the resource.</summary>
internal static class ResourceHealth
{
    public static Understood Read(Understood alert, JsonValue essentials, JsonValue context)
    {
        var properties = context["properties"];
        var target = essentials["alertTargetIDs"][0].Needed("the resource").ToUpperInvariant();
        var state = properties["currentHealthStatus"].Text?.ToUpperInvariant() switch
        {
            "AVAILABLE" => UnderstoodState.Resolved,
            "UNKNOWN" => UnderstoodState.NoData,
            null => alert.State,
            _ => UnderstoodState.Firing,
        };
        var at = SourceTime.Read(context["eventTimestamp"]) ?? alert.StartsAt;
        return alert with
        {
            State = state, ExternalId = ExternalIds.Of("resource-health", ExternalIds.Hash(target)),
            Title = properties["title"].Text ?? alert.Title, Text = properties["details"].Text ?? alert.Text,
            StartsAt = state == UnderstoodState.Resolved ? null : alert.StartsAt,
            EndsAt = state == UnderstoodState.Resolved ? at : null, ReportedAt = at,
            Labels = new LabelList().AddEach(alert.Labels).Add("health_type", properties["type"].Text).Add("cause", properties["cause"].Text)
                .ToDictionary(),
            Annotations = CommonAlert.Annotated(alert.Annotations, ("current_health", properties["currentHealthStatus"].Text),
                ("previous_health", properties["previousHealthStatus"].Text)),
        };
    }
}
