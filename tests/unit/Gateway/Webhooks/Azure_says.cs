using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Azure_says
{
    const string Kind = IntegrationKind.Azure;

    [Fact]
    public void That_a_machine_is_well_again()
    {
        var news = One(Kind, "azure/metric-resolved.json");

        Assert.Equal((UnderstoodState.Resolved, "info", "WCUS-R2-Gen2", "virtualmachines"), (news.State, news.Severity, news.Title, news.Service));
        Assert.EndsWith("/alerts/b9569717-bc32-442f-add5-83a997729330", news.ExternalId, StringComparison.Ordinal);
        Assert.Equal((Utc("2019-03-22T13:58:24.3713213Z"), Utc("2019-03-22T14:03:16.2246313Z")), (news.StartsAt!.Value, news.EndsAt!.Value));
        Assert.Equal("25", news.Annotations["threshold"]);
        Assert.Null(news.Region);
    }

    [Fact]
    public void That_a_store_is_busy_and_what_else_its_owner_says_of_it()
    {
        var news = One(Kind, "azure/metric-fired-dynamic-custom-properties.json");

        Assert.Equal((UnderstoodState.Firing, "info", "storageAccounts"), (news.State, news.Severity, news.Service));
        Assert.Equal(("value1", "value2"), (news.Labels["customkey1"], news.Labels["customkey2"]));
        Assert.Equal(Utc("2021-11-15T09:35:24.3468506Z"), news.StartsAt); // not its window's
    }

    [Fact]
    public void Of_lines_what_they_are_about_and_not_where_they_lie()
    {
        var news = One(Kind, "azure/log-v2-fired.json");

        Assert.Equal((UnderstoodState.Firing, "test-computer", null), (news.State, news.Labels["resource"], news.Service));
        Assert.Equal("Heartbeat", news.Annotations["query"]);
    }

    [Fact]
    public void What_somebody_did_which_never_ends()
    {
        var news = One(Kind, "azure/activity-log-administrative.json");

        Assert.Equal((UnderstoodState.Info, "info", true), (news.State, news.Severity, news.NeverResolves));
        Assert.Equal("Microsoft.Compute/virtualMachines/restart/action", news.Labels["operation"]);
    }

    [Fact]
    public void That_its_own_incident_is_over_though_the_alert_fires()
    {
        var news = One(Kind, "azure/service-health-stage-resolved.json");

        Assert.Equal((UnderstoodState.Resolved, "ABC1-DEF"), (news.State, news.ExternalId));
        Assert.Equal(("Azure Service Name", "Global"), (news.Service, news.Region));
        Assert.Equal((Utc("2021-11-16T20:00:00Z"), Utc("2021-11-17T01:00:00Z")), (news.StartsAt!.Value, news.EndsAt!.Value));
        Assert.Equal("Summary of impact:\u00a0This is the impact summary.", news.Text);
    }

    [Theory]
    [InlineData("Incident", "Active", nameof(UnderstoodState.Firing))]
    [InlineData("Incident", "RCA", nameof(UnderstoodState.Resolved))]
    [InlineData("Maintenance", "Planned", nameof(UnderstoodState.Info))]
    [InlineData("Maintenance", "InProgress", nameof(UnderstoodState.Firing))]
    [InlineData("Maintenance", "Complete", nameof(UnderstoodState.Resolved))]
    [InlineData("Informational", "Active", nameof(UnderstoodState.Info))]
    [InlineData("SomethingNew", "Active", nameof(UnderstoodState.Firing))]
    public void Stages_of_its_own_incidents(string kind, string stage, string state) => Assert.Equal(Enum.Parse<UnderstoodState>(state), OneOf(Kind,
        Payload.Text("azure/service-health-stage-resolved.json").Replace("\"incidentType\": \"Incident\"", $"\"incidentType\": \"{kind}\"")
            .Replace("\"Resolved\"", $"\"{stage}\"")).State);

    [Fact]
    public void That_a_machine_was_restarted_and_is_there_again()
    {
        var news = One(Kind, "azure/resource-health-fired.json");
        var again = OneOf(Kind, Payload.Text("azure/resource-health-fired.json").Replace("\"Unavailable\"", "\"Available\"")
            .Replace("12345678-1234-1234-1234-1234567890ab", "another").Replace("test-RG", "TEST-rg"));

        Assert.Equal((UnderstoodState.Firing, "Rebooted by user"), (news.State, news.Title));
        Assert.Equal((UnderstoodState.Resolved, news.ExternalId), (again.State, again.ExternalId));
    }

    [Fact]
    public void That_a_budget_is_spent_in_another_schema()
    {
        var news = One(Kind, "azure/budget-other-schema.json");

        Assert.Equal((UnderstoodState.Info, "test-budgetName"), (news.State, news.Title));
        Assert.Contains("1111.32 USD of 10000", news.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Metric_alerts_of_before_the_common_schema()
    {
        const string Body = """
            {"schemaId":"AzureMonitorMetricAlert","data":{"status":"Activated","context":{"timestamp":"2018-02-28T10:44:10.1714014Z",
            "id":"/subscriptions/1/rule","name":"StorageCheck","severity":"1","resourceName":"d",
            "resourceId":"/subscriptions/1/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/d"}}}
            """;
        var (raise, clear) = (OneOf(Kind, Body), OneOf(Kind, Body.Replace("Activated", "Deactivated").Replace("10:44", "10:55")));

        Assert.Equal((UnderstoodState.Firing, "high", "storageAccounts"), (raise.State, raise.Severity, raise.Service));
        Assert.Equal((UnderstoodState.Resolved, raise.ExternalId), (clear.State, clear.ExternalId));
    }

    [Theory]
    [InlineData("""{"schemaId":"azureMonitorCommonAlertSchema","data":{}}""", "data.essentials")]
    [InlineData("""{"data":{"essentials":{"alertId":"1","monitorCondition":"Odd"}}}""", "data.essentials.monitorCondition")]
    [InlineData("[]", "body")]
    public void Where_its_body_is_wrong(string body, string place) =>
        Assert.Equal(place, Assert.Throws<MalformedBodyException>(() => Read(Kind, body)).Place);
}
