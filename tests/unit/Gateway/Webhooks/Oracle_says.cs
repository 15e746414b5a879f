using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Oracle_says
{
    const string Kind = IntegrationKind.Oci;

    [Fact]
    public void That_an_alarm_fires_lasts_and_is_over()
    {
        var raise = One(Kind, "oci/alarm-ok-to-firing-v1.5.json");
        var repeat = One(Kind, "oci/alarm-repeat-derived.json");
        var clear = One(Kind, "oci/alarm-firing-to-ok-derived.json");

        Assert.Equal((UnderstoodState.Firing, "critical"), (raise.State, raise.Severity));
        Assert.Equal("6b28ce05-7021-4407-b9c0-c5d7896b7361", raise.ExternalId);
        Assert.Equal(("oci_autonomous_database", "ap-seoul-1", "Notifications"), (raise.Service, raise.Region, raise.Title));
        Assert.Equal(Utc("2025-10-27T11:05:00Z"), raise.StartsAt);
        Assert.Contains("DatabaseAvailability[5m]", raise.Annotations["metric_values"], StringComparison.Ordinal);
        Assert.Equal((UnderstoodState.Firing, raise.ExternalId, null), (repeat.State, repeat.ExternalId, repeat.StartsAt));
        Assert.True(repeat.ReportedAt > raise.ReportedAt);
        Assert.NotEqual(raise.DeliveryKey, repeat.DeliveryKey);
        Assert.Equal((UnderstoodState.Resolved, raise.ExternalId), (clear.State, clear.ExternalId));
        Assert.Equal(Utc("2025-10-27T11:15:00Z"), clear.EndsAt);
        Assert.Equal(raise.Labels, clear.Labels);
    }

    [Fact]
    public void In_version_1_3_that_an_alarm_fires()
    {
        var news = One(Kind, "oci/alarm-ok-to-firing-v1.3-info.json");

        Assert.Equal((UnderstoodState.Firing, "info", "us-phoenix-1"), (news.State, news.Severity, news.Region));
        Assert.Equal("ocid1.bucket.oc1.phx.....", news.Labels["resourceid"]);
    }

    [Fact]
    public void That_an_alarm_lost_its_state()
    {
        var news = OneOf(Kind,
            Payload.Text("oci/alarm-firing-to-ok-derived.json").Replace("FIRING_TO_OK", "RESET").Replace("dedupeKey", "dedupekey"));

        Assert.Equal(UnderstoodState.Resolved, news.State);
        Assert.Contains("lost its state", news.Annotations["clear_reason"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://cell1.notification.us-phoenix-1.oci.oraclecloud.com/20181201/subscriptions/x/confirmation?token=t", true)]
    [InlineData("https://evil.example/x.oraclecloud.com", false)]
    [InlineData("https://oraclecloud.com.evil.example/", false)]
    [InlineData("https://notoraclecloud.com/", false)]
    [InlineData("http://cell1.notification.us-phoenix-1.oci.oraclecloud.com/", false)]
    [InlineData("https://cell1.oci.oraclecloud.com:8443/", false)]
    [InlineData("https://user@cell1.oci.oraclecloud.com/", false)]
    [InlineData("<exampleConfirmationURL>", false)]
    public void That_a_subscription_wants_to_be_confirmed(string address, bool isConfirmed)
    {
        var file = Sigma.Gateway.Webhooks.Common.JsonBody.Read(Payload.Bytes("oci/subscription-confirmation-headers.json"));
        var headers = file["headers"].Fields.ToDictionary(field => field.Name, field => field.Text!);
        headers["X-OCI-NS-ConfirmationURL"] = address;

        var reading = Read(Kind, "not json at all", headers: headers);

        Assert.Equal(UnderstoodState.Handshake, Assert.Single(reading.Items).State);
        Assert.Equal(isConfirmed ? address : null, reading.ConfirmAt?.OriginalString);
    }

    [Fact]
    public void What_is_not_JSON_and_where()
    {
        var wrong = Assert.Throws<MalformedBodyException>(() => Read(Kind, Payload.Bytes("oci/alarm-docs-grouped-malformed.txt")));

        Assert.Equal("byte 786", wrong.Place);
        Assert.Contains("line 1", wrong.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_of_other_realms_by_setting()
    {
        var integration = Integration(Kind) with { Settings = new Dictionary<string, string> { ["ConfirmationHosts"] = ".oraclegovcloud.com" } };
        Dictionary<string, string> headers = new()
        {
            ["X-OCI-NS-MessageType"] = "SubscriptionConfirmation", ["X-OCI-NS-ConfirmationURL"] = "https://n.us-langley-1.oraclegovcloud.com/c",
        };

        Assert.NotNull(Read(Kind, "", integration, headers).ConfirmAt);
        Assert.Null(Read(Kind, "", null, headers).ConfirmAt);
        Assert.NotEmpty(Of(Kind).Faults(integration with { Settings = new Dictionary<string, string> { ["ConfirmationHosts"] = "com" } }));
    }
}
