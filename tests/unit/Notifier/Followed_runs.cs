using System.Text.Json;
using Sigma.Contracts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels.Prefect;

namespace Sigma.UnitTests.Notifier;

public sealed class Followed_runs
{
    static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly FlowRun Started = new()
    {
        Id = Guid.NewGuid(), AlertId = Guid.NewGuid(), Channel = "flow", Deployment = "respond/prod", Url = "", StartedAt = Noon,
    };

    [Theory]
    [InlineData("SCHEDULED", "Late")]
    [InlineData("PENDING", null)]
    [InlineData("RUNNING", "COMPLETED")] // a name is free text
    [InlineData("PAUSED", "Suspended")]
    [InlineData("CANCELLING", null)]
    public void Are_asked_about_again_while_their_state_is_not_final_the_more_rarely_the_longer_they_take(string type, string? name)
    {
        var early = Started.Seen(new(type, name, null), Day, Noon.AddSeconds(10));
        Assert.Equal((type, name, Noon.AddSeconds(15), null), (early.State, early.StateName, early.DueAt, early.EndedAt));
        Assert.Equal(Noon.AddHours(5).AddMinutes(2), Started.Seen(new(type, name, null), Day, Noon.AddHours(5)).DueAt);
        Assert.Null(FlowRun.News(Started, early));
        Assert.NotNull(Started.Seen(new(type, name, null), Day, Noon.AddDays(30)).EndedAt);
    }

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("CANCELLED")]
    public void That_have_ended_well_are_followed_no_more_and_reported_never(string type)
    {
        var ended = Started.Seen(new(type, null, null), Day, Noon.AddMinutes(1));
        Assert.Equal(Noon.AddMinutes(1), ended.EndedAt);
        Assert.Null(FlowRun.News(Started, ended));
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData("CRASHED")]
    public void That_have_failed_fire_once_until_they_are_run_again_and_complete_or_their_time_is_over(string type)
    {
        FlowRunState state = new(type, null, "exit 1");
        var failed = Started.Seen(state, Day, Noon.AddMinutes(1));
        Assert.Equal((Noon.AddMinutes(1), Noon.AddMinutes(6), null), (failed.FailedAt, failed.DueAt, failed.EndedAt));
        Assert.Equal(ConditionState.Firing, FlowRun.News(Started, failed));

        var still = failed.Seen(state, Day, Noon.AddMinutes(6));
        Assert.Equal(failed.FailedAt, still.FailedAt);
        Assert.Null(FlowRun.News(failed, still));
        var again = still.Seen(new("RUNNING", "Retrying", null), Day, Noon.AddMinutes(11));
        Assert.Null(FlowRun.News(still, again));
        Assert.Equal(ConditionState.Resolved, FlowRun.News(again, again.Seen(new("COMPLETED", null, null), Day, Noon.AddMinutes(12))));
        Assert.Equal(ConditionState.Resolved, FlowRun.News(still, still.Seen(state, Day, Noon.AddDays(1).AddMinutes(1))));
    }

    [Theory]
    [InlineData("Padaria do Zé", true)]
    [InlineData("$200", true)]
    [InlineData("€150", false)] // escaped, six characters each
    [InlineData("$900", false)]
    public void Have_the_labels_of_their_alert_where_these_fit(string site, bool fits)
    {
        if (site.Length == 4)
            site = new(site[0], int.Parse(site[1..], null));
        Episode alert = new()
        {
            AlertId = Guid.NewGuid(), Rule = "excess", Severity = "warning", Source = "segware", Count = 20, Threshold = 20, WindowFrom = Noon,
            WindowTo = Noon, Labels = new Dictionary<string, string> { ["Site"] = site, ["deployment"] = "the alert's own" },
        };

        var labels = FlowRunLabels.Of(Started, alert);

        Assert.Equal(fits ? site : null, labels.GetValueOrDefault("site"));
        Assert.Equal(("respond/prod", "flow", $"{alert.AlertId}", "excess"),
            (labels["deployment"], labels["integration"], labels["alert_id"], labels["alert_rule"]));
        Assert.InRange(JsonSerializer.Serialize(labels).Length, 0, 1000);
    }

    [Fact]
    public void That_Prefect_does_not_know_are_followed_for_a_day()
    {
        var missed = Started.Seen(null, Day, Noon.AddHours(1));
        Assert.Equal((Noon.AddHours(1).AddMinutes(5), null), (missed.DueAt, missed.EndedAt));
        Assert.NotNull(missed.Seen(null, Day, Noon.AddDays(1)).EndedAt);
        var failed = Started.Seen(new("FAILED", null, null), TimeSpan.FromDays(7), Noon);
        Assert.Equal(ConditionState.Resolved, FlowRun.News(failed, failed.Seen(null, TimeSpan.FromDays(7), Noon.AddDays(1))));
    }
}
