using System.Text;
using Sigma.Fetcher.Sources.StatusFeeds;
using Sigma.Fetcher.Sources.StatusFeeds.Readers;

namespace Sigma.UnitTests.Fetcher.StatusFeeds;

/// <summary>Each captured feed is understood as tests/payloads says.</summary>
public sealed class Outage_feeds
{
    [Fact]
    public void Google_has_two_that_ended_and_one_that_lasts()
    {
        var reading = Read("gcp", "gcp-incidents.json");

        Assert.Equal((3, 0, false), (reading.Incidents.Count, reading.Odd, reading.ListsAllOpen));
        var ended = reading.Incidents.Where(incident => !incident.IsOpen).ToList();
        Assert.Equal(["medium", "medium"], ended.Select(incident => incident.Severity));
        Assert.Equal(["europe-west4"], ended[0].Regions);
        Assert.Equal(["Bare Metal Solution", "Google Cloud NetApp Volumes", "VMWare engine"], ended[0].Services);
        Assert.Equal((At("2026-07-15T23:57:00Z"), At("2026-07-16T12:25:00Z"), At("2026-07-16T03:30:59Z")),
            (ended[0].StartedAt, ended[0].EndedAt, ended[0].AppearedAt));
        Assert.Equal("https://status.cloud.google.com/incidents/3BvH3LVGcupoYqV6F4Nw", ended[0].Url);
        var open = Assert.Single(reading.Incidents, incident => incident.IsOpen);
        Assert.Equal("low", open.Severity);
        Assert.Contains("BigQuery", open.Services.Single());
        Assert.Equal(["europe-north1"], open.Regions);
    }

    [Fact]
    public void Amazons_is_read_in_its_encoding()
    {
        var reading = Read("aws", "aws-currentevents-utf16be.json");

        var incident = Assert.Single(reading.Incidents);
        Assert.Equal((false, true), (incident.IsOpen, reading.ListsAllOpen));
        Assert.Equal((At("2023-03-13T16:57:31Z"), At("2023-03-13T17:11:16Z")), (incident.StartedAt, incident.EndedAt));
        Assert.Equal(["us-west-2"], incident.Regions);
        Assert.Equal(["Amazon Elastic Load Balancing", "AWS NAT Gateway", "Amazon Elastic Compute Cloud"], incident.Services);
        Assert.Null(incident.Severity);
    }

    [Fact]
    public void Amazons_quiet_feed_is_an_empty_list()
    {
        var reading = new AwsFeed().Read("[]"u8.ToArray());
        Assert.Empty(reading.Incidents);
        Assert.True(reading.ListsAllOpen);
    }

    [Fact]
    public void Amazons_updates_of_one_service_are_one_outage()
    {
        var reading = Read("aws-rss", "aws-all.rss");

        var incident = Assert.Single(reading.Incidents);
        Assert.Equal(("directconnect-eu-central-1", false, "[RESOLVED] Increased Packet loss"), (incident.Key, incident.IsOpen, incident.Title));
        Assert.Equal((At("2026-08-17T17:59:20Z"), At("2026-08-18T04:01:19Z")), (incident.StartedAt, incident.EndedAt)); // PDT
        Assert.Equal(("eu-central-1", "directconnect"), (incident.Regions.Single(), incident.Services.Single()));
        Assert.Null(incident.Severity);
        Assert.False(reading.ListsAllOpen); // it lists the last updates, not what lasts
    }

    [Fact]
    public void Azures_quiet_feed_says_that_nothing_is_wrong()
    {
        var reading = Read("azure", "azure-status-quiet.rss");
        Assert.Empty(reading.Incidents);
        Assert.True(reading.ListsAllOpen);
    }

    [Fact]
    public void Azures_item_is_found_outside_of_its_channel()
    {
        var incident = Assert.Single(Read("azure", "azure-status-item-outside-channel.rss").Incidents);

        Assert.Equal((true, "Virtual Machines/VM Scale Sets", "East US 2"), (incident.IsOpen, incident.Services.Single(), incident.Regions.Single()));
        Assert.Equal((null, null), (incident.StartedAt, incident.EndedAt));
        Assert.Equal(incident.Key, Assert.Single(Read("azure", "azure-status-item-outside-channel.rss").Incidents).Key);
    }

    [Fact]
    public void Oracles_state_stands_in_the_first_bold_words()
    {
        var incidents = Read("oci", "oci-incident-summary.rss").Incidents;

        Assert.Equal(["ocid1.oraclecloudincident.oc1.phx.a", "ocid1.oraclecloudincident.oc1.phx.c"], incidents.Select(incident => incident.Key));
        Assert.Equal([true, false], incidents.Select(incident => incident.IsOpen));
        Assert.Equal(["Identified", "Resolved"], incidents.Select(incident => incident.Status));
        Assert.Equal(("Networking", "us-ashburn-1"), (incidents[0].Services.Single(), incidents[0].Regions.Single()));
        Assert.Equal(("Object Storage", "eu-frankfurt-1"), (incidents[1].Services.Single(), incidents[1].Regions.Single()));
        Assert.Equal(At("2026-10-04T09:12:00Z"), incidents[0].StartedAt); // though it was not a Saturday
    }

    [Fact]
    public void A_Statuspages_incidents_are_three_that_ended()
    {
        var reading = Read("statuspage", "statuspage-github-incidents.json");

        Assert.Equal((3, false), (reading.Incidents.Count, reading.ListsAllOpen));
        Assert.All(reading.Incidents, incident => Assert.False(incident.IsOpen));
        Assert.Equal(["medium", "critical", "medium"], reading.Incidents.Select(incident => incident.Severity));
        Assert.Equal(At("2026-08-18T07:40:35.670Z"), reading.Incidents[0].StartedAt);
        Assert.Equal(At("2026-08-18T11:42:59.304Z"), reading.Incidents[0].EndedAt);
        Assert.Equal("kctbh9vrtdwd.bmpybhnrky3x", reading.Incidents[0].Key);
        Assert.Empty(reading.Incidents[0].Services);
        Assert.Equal(["Git Operations", "Webhooks"], reading.Incidents[1].Services);
    }

    [Fact]
    public void A_component_is_out_although_the_page_calls_all_well()
    {
        var reading = Read("statuspage", "statuspage-summary-maintenance.json");

        var incident = Assert.Single(reading.Incidents); // neither the group nor the maintenance of tomorrow
        Assert.Equal(("Oregon: partial outage", "high", true, false),
            (incident.Title, incident.Severity, incident.IsOpen, incident.IsMaintenance));
        Assert.True(reading.ListsAllOpen);
    }

    [Theory, InlineData("gcp"), InlineData("aws"), InlineData("aws-rss"), InlineData("azure"), InlineData("oci"), InlineData("statuspage")]
    public void No_page_is_taken_for_a_quiet_feed(string kind)
    {
        string[] bodies = ["<!DOCTYPE html><html><body>Maintenance</body></html>", "<html><br></html>", "", "  ", "{}", "null", "\"quiet\"",
            "<rss></rss>", "<feed><entry/></feed>", "{\"incidents\": []}", "[{}]", "[1, 2]"];
        foreach (var body in bodies)
            Assert.Throws<InvalidDataException>(() => Reader(kind).Read(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void A_feed_that_bombs_is_refused()
    {
        var bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss><channel>&b;</channel></rss>"u8.ToArray();
        Assert.Throws<InvalidDataException>(() => new AzureFeed().Read(bomb));
        Assert.Throws<InvalidDataException>(() => new GcpFeed().Read(Encoding.UTF8.GetBytes(new string('[', 100_000))));
    }

    [Fact]
    public void An_entry_that_cannot_be_read_hides_no_other_and_ends_none()
    {
        var reading = new AwsFeed().Read("""[{"status": "1", "service": "ec2-us-east-1", "date": "1700000000"}, {"odd": true}]"""u8.ToArray());

        Assert.Single(reading.Incidents);
        Assert.Equal((1, false), (reading.Odd, reading.ListsAllOpen));
    }

    [Theory]
    [InlineData("Mon, 17 Aug 2026 21:01:19 PDT", "2026-08-18T04:01:19Z"), InlineData("Wed, 6 Apr 2022 05:00:00 GMT", "2022-04-06T05:00:00Z")]
    [InlineData("Thu, 06 Aug 2026 01:09:00 Z", "2026-08-06T01:09:00Z"), InlineData("6 Aug 2026 01:09:00 +0200", "2026-08-05T23:09:00Z")]
    [InlineData("Sat, 04 Oct 2026 09:12:00 UTC", "2026-10-04T09:12:00Z")]
    public void Times_are_read_without_the_day_of_the_week(string text, string expected) => Assert.Equal(At(expected), FeedTime.Rss(text));

    [Theory, InlineData("yesterday"), InlineData("Mon, 17 Aug 2026 21:01:19 XYZ"), InlineData(""), InlineData(null),
        InlineData("31 Feb 2026 1:00:00 Z")]
    public void What_is_no_time_is_none(string? text) => Assert.Null(FeedTime.Rss(text));

    static FeedReading Read(string kind, string file) => Reader(kind).Read(Payload.Bytes($"outages/{file}"));

    static IFeedReader Reader(string kind) => FeedKind.Find(kind)!.Reader;

    static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, null);
}
