using System.Net;
using System.Text.RegularExpressions;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Azure;

/// <summary>
/// Azure's own incidents. Each update is an alert of its own, that fires: what it is of is the tracking id, and whether it is over says the stage.
/// </summary>
internal static partial class ServiceHealth
{
    public static Understood Read(Understood alert, JsonValue context, Integration integration)
    {
        var properties = context["properties"];
        var id = properties["trackingId"].Needed("the incident's tracking id");
        var kind = properties["incidentType"].Text;
        var stage = properties["stage"].Text ?? context["status"].Text;
        var isOver = Is(stage, "Resolved", "Complete", "Completed", "RCA", "Canceled", "Cancelled") || Is(context["status"].Text, "Resolved");
        var isNews = Is(kind, "Informational", "Information") || Is(stage, "Planned", "Scheduled");
        var state = isOver ? UnderstoodState.Resolved : isNews ? UnderstoodState.Info : UnderstoodState.Firing;
        return alert with
        {
            State = state, ExternalId = ExternalIds.Fit(id), NeverResolves = state == UnderstoodState.Info,
            Title = properties.FirstText("title", "defaultLanguageTitle") ?? alert.Title,
            Text = Plain(properties.FirstText("communication", "defaultLanguageContent")) ?? alert.Text,
            StartsAt = SourceTime.Read(properties["impactStartTime"]) ?? alert.StartsAt,
            EndsAt = isOver ? SourceTime.Read(properties["impactMitigationTime"]) ?? SourceTime.Read(context["eventTimestamp"]) : null,
            ReportedAt = SourceTime.Read(context["eventTimestamp"]) ?? alert.ReportedAt,
            Service = integration.Mapping.Service is null ? properties["service"].Text : alert.Service,
            Region = alert.Region ?? properties["region"].Text,
            Labels = new LabelList().AddEach(alert.Labels).Add("incident_type", kind).Add("tracking_id", id).ToDictionary(),
            Annotations = CommonAlert.Annotated(alert.Annotations, ("stage", stage), ("impact_type", properties["impactType"].Text),
                ("communication_id", properties["communicationId"].Text)),
        };
    }

    // Its texts are pages.
    static string? Plain(string? page) => page is null ? null
        : Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(Breaks().Replace(page, "\n"), "")), "\n").Trim();

    static bool Is(string? text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    [GeneratedRegex("<br */?>|</p>|</li>|</tr>", RegexOptions.IgnoreCase)]
    private static partial Regex Breaks();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Blanks();
}
