using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;
using Sigma.Gateway.Webhooks.Mapped;

namespace Sigma.Gateway.Webhooks.Grafana;

/// <summary>Grafana's contact points of the kind webhook, and its notification channels of before version 9.</summary>
internal sealed class GrafanaWebhook : IWebhook
{
    public string Kind => IntegrationKind.Grafana;

    public Reading Read(WebhookBody body, Integration integration)
    {
        if (GrafanaSignature.Fault(body, integration) is { } fault)
            return SignedBody.Refuse(fault);
        var root = JsonBody.Read(body.Bytes);
        return new()
        {
            Items = GroupedAlerts.Is(root) ? GroupedAlerts.Read(root, body, integration, (alert, news) => Refine(root, alert, news))
                : LegacyAlert.Is(root) ? [LegacyAlert.Read(root, body, integration)]
                : MappedAlerts.Read(root, body, integration), // a payload template of somebody's own
        };
    }

    static Understood Refine(JsonValue root, JsonValue alert, Understood news)
    {
        var labels = alert["labels"];
        var name = labels["alertname"].Text;
        var isOdd = name is "DatasourceNoData" or "DatasourceError" && labels["datasource_uid"].IsThere;
        var isTest = name == "TestAlert" && root["groupKey"].Text?.StartsWith("test-", StringComparison.Ordinal) == true;
        var annotations = news.Annotations;
        foreach (var (own, field) in new[]
        {
            ("values", "values"), ("value_string", "valueString"), ("dashboard_url", "dashboardURL"), ("panel_url", "panelURL"),
            ("silence_url", "silenceURL"), ("image_url", "imageURL"),
        })
            annotations = GroupedAlerts.With(annotations, own, alert[field].Shown);
        return news with
        {
            State = isTest ? UnderstoodState.Test
                : isOdd && news.State == UnderstoodState.Firing ? UnderstoodState.NoData : news.State,
            Title = (isOdd ? labels["rulename"].Text : null) ?? name ?? news.Title,
            Text = alert.FirstText("annotations.summary", "annotations.description", "annotations.message") is { } summary
                && alert["annotations"]["description"].Text is { } description && description != summary ? $"{summary}\n{description}" : news.Text
                    ?? alert["annotations"]["summary"].Text,
            Url = alert.FirstText("generatorURL", "panelURL", "dashboardURL"),
            Annotations = annotations,
        };
    }
}
