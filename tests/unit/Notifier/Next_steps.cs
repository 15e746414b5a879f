using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Channels.Twilio;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Holds;

namespace Sigma.UnitTests.Notifier;

public sealed class Next_steps
{
    const long Now = 1_000_000;

    [Fact]
    public void A_raise_is_sent() => Assert.Equal(new NextStep.Send(ContentKind.Raised), Step(Raise()));

    [Fact]
    public void A_raise_whose_alert_is_cleared_is_sent_as_one_note() =>
        Assert.Equal(new NextStep.Send(ContentKind.RaisedAndCleared), Step(Raise(), episode: Episode(cleared: true)));

    [Theory]
    [InlineData(DeliveryState.Sent)]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Uncertain)]
    [InlineData(DeliveryState.Merged)]
    [InlineData(DeliveryState.Skipped)]
    public void What_is_settled_stays_so(DeliveryState state) => Assert.Equal(new NextStep.Nothing(), Step(Raise(state)));

    [Fact]
    public void What_another_notifier_has_in_hand_is_looked_at_when_its_claim_has_run_out() =>
        Assert.Equal(new NextStep.CheckAgain(TimeSpan.FromSeconds(3)), Step(Raise(DeliveryState.Sending, claimedUntil: Now + 3000)));

    [Fact]
    public void A_claim_that_ran_out_is_sent_again() =>
        Assert.Equal(new NextStep.Send(ContentKind.Raised), Step(Raise(DeliveryState.Sending, claimedUntil: Now - 1)));

    [Fact]
    public void A_claim_that_ran_out_waits_for_a_person_where_that_is_set() => Assert.Equal(DeliveryState.Uncertain,
        Assert.IsType<NextStep.Settle>(Step(Raise(DeliveryState.Sending, claimedUntil: Now - 1), uncertain: WhenUncertain.AskAPerson)).State);

    [Fact]
    public void A_message_for_an_earlier_try_does_nothing() => Assert.Equal(new NextStep.Nothing(), Step(Raise(attempts: 2), attempt: 1));

    [Fact]
    public void After_the_time_it_matters_it_has_failed() =>
        Assert.Equal(DeliveryState.Failed, Assert.IsType<NextStep.Settle>(Step(Raise(giveUpAt: Now))).State);

    [Theory]
    [InlineData(DeliveryState.Pending)]
    [InlineData(DeliveryState.Sending)]
    public void What_a_vendor_has_taken_is_asked_about_as_what_it_said(DeliveryState state)
    {
        Assert.Equal(new NextStep.Send(ContentKind.Raised) { Accepted = "SM1" },
            Step(Raise(state, receipt: "SM1"), episode: Episode(cleared: true),
                channel: new TwilioSmsOptions { WhenUncertain = WhenUncertain.AskAPerson }));
        Assert.Equal(new NextStep.Send(ContentKind.RaisedAndCleared) { Accepted = "SM1" },
            Step(Raise(state, receipt: $"{new AcceptedMessage("SM1", true)}"), episode: Episode(cleared: true), channel: new TwilioSmsOptions()));
        Assert.Equal(new NextStep.Send(ContentKind.Raised), Step(Raise(state, receipt: "by hand")));
    }

    [Fact]
    public void What_a_vendor_has_taken_is_never_given_up_as_failed() => Assert.Equal(DeliveryState.Uncertain,
        Assert.IsType<NextStep.Settle>(Step(Raise(giveUpAt: Now, receipt: "SM1"), channel: new TwilioSmsOptions())).State);

    [Theory]
    [InlineData(DeliveryState.Pending)]
    [InlineData(DeliveryState.Sending)]
    public void A_clear_waits_for_its_raise(DeliveryState raise) => Assert.Equal(new NextStep.WaitForRaise(), Step(Clear(), Raise(raise)));

    [Theory]
    [InlineData(DeliveryState.Sent)]
    [InlineData(DeliveryState.Uncertain)]
    public void Who_got_the_raise_or_may_have_gets_the_clear(DeliveryState raise) =>
        Assert.Equal(new NextStep.Send(ContentKind.Cleared), Step(Clear(), Raise(raise)));

    [Theory]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Skipped)]
    public void Who_did_not_get_the_raise_does_not_get_the_clear(DeliveryState raise) =>
        Assert.Equal(DeliveryState.Skipped, Assert.IsType<NextStep.Settle>(Step(Clear(), Raise(raise))).State);

    [Fact]
    public void A_clear_that_came_before_its_raise_waits_for_it() =>
        Assert.Equal(new NextStep.WaitForRaise(), Step(Clear(), null, Episode(cleared: true, raised: false)));

    [Fact]
    public void A_clear_of_an_alert_this_channel_was_never_told_of_is_not_sent() =>
        Assert.Equal(DeliveryState.Skipped, Assert.IsType<NextStep.Settle>(Step(Clear(), null, Episode(cleared: true))).State);

    [Fact]
    public void What_is_held_waits_for_the_sweep() => Assert.Equal(new NextStep.Nothing(), Step(Raise(DeliveryState.Held)));

    [Fact]
    public void What_may_not_be_told_now_is_held_back() => Assert.Equal(new NextStep.HoldBack(Silenced), Step(Raise(), hold: Silenced));

    [Fact]
    public void Of_what_may_not_be_told_and_is_over_nothing_is_said() =>
        Assert.Equal(new NextStep.Settle(DeliveryState.Skipped, "over before it was told: silenced"),
            Step(Raise(), episode: Episode(cleared: true), hold: Silenced));

    [Fact]
    public void A_clear_waits_for_a_raise_that_is_held() => Assert.Equal(new NextStep.WaitForRaise(), Step(Clear(), Raise(DeliveryState.Held)));

    [Fact]
    public void What_a_step_has_planned_is_not_sent_once_the_alert_is_acknowledged() => Assert.Equal(
        new NextStep.Settle(DeliveryState.Skipped, "acknowledged by Ana before it was told"), Step(OfStep(), episode: Acknowledged));

    [Fact]
    public void What_a_step_has_tried_goes_on() =>
        Assert.Equal(new NextStep.Send(ContentKind.Raised), Step(OfStep(attempts: 1), episode: Acknowledged));

    [Fact]
    public void What_the_routes_have_planned_is_sent_although_the_alert_is_acknowledged() =>
        Assert.Equal(new NextStep.Send(ContentKind.Raised), Step(Raise(), episode: Acknowledged));

    [Fact]
    public void Nobody_is_told_once_more_of_what_is_over_or_held()
    {
        var again = OfStep(DeliveryKind.OfStep(2));
        Assert.Equal(new NextStep.Send(ContentKind.Raised), Step(again, Raise(DeliveryState.Sent)));
        Assert.Equal(new NextStep.Settle(DeliveryState.Skipped, "the alert is over"), Step(again, Raise(DeliveryState.Sent), Episode(cleared: true)));
        Assert.Equal(new NextStep.Settle(DeliveryState.Skipped, "silenced"), Step(again, Raise(DeliveryState.Sent), hold: Silenced));
    }

    [Fact]
    public void Nobody_is_told_again_after_a_snooze_of_what_is_over_or_taken_on_and_what_is_held_waits()
    {
        var again = Other(DeliveryKind.OfReminder(1));
        Assert.Equal(new NextStep.Send(ContentKind.Raised), Step(again, Raise(DeliveryState.Sent)));
        Assert.Equal(new NextStep.Settle(DeliveryState.Skipped, "the alert is over"), Step(again, Raise(DeliveryState.Sent), Episode(cleared: true)));
        Assert.Equal(new NextStep.Settle(DeliveryState.Skipped, "acknowledged by Ana before it was told"),
            Step(again, Raise(DeliveryState.Sent), Acknowledged));
        Assert.Equal(new NextStep.HoldBack(Silenced), Step(again, Raise(DeliveryState.Sent), hold: Silenced));
    }

    [Fact]
    public void An_acknowledgement_is_told_after_the_raise_where_that_was_told_and_never_after_the_end()
    {
        var acknowledged = Other(DeliveryKind.Acknowledged);
        Assert.Equal(new NextStep.WaitForRaise(), Step(acknowledged, Raise(DeliveryState.Sending), Acknowledged));
        Assert.Equal(new NextStep.WaitForRaise(), Step(acknowledged, Raise(DeliveryState.Held), Acknowledged));
        Assert.Equal(new NextStep.Send(ContentKind.Acknowledged), Step(acknowledged, Raise(DeliveryState.Sent), Acknowledged));
        Assert.Equal(new NextStep.Settle(DeliveryState.Skipped, "the alert is over"),
            Step(acknowledged, Raise(DeliveryState.Sent), Episode(cleared: true)));
        Assert.Equal(DeliveryState.Skipped, Assert.IsType<NextStep.Settle>(Step(acknowledged, Raise(DeliveryState.Failed), Acknowledged)).State);
        Assert.Equal(DeliveryState.Skipped, Assert.IsType<NextStep.Settle>(Step(acknowledged, null, Acknowledged)).State);
    }

    [Fact]
    public void A_clear_waits_while_something_else_of_its_alert_is_being_told() => Assert.Equal(new NextStep.CheckAgain(TimeSpan.FromSeconds(2)),
        NextStep.Of(Clear(), Raise(DeliveryState.Sent), Episode(cleared: true), 0, new WhatsAppOptions(), Now, busyUntil: Now + 2000));

    static Delivery Other(string kind) => new() { Kind = kind, State = DeliveryState.Pending, GiveUpAt = Now + 1, Id = Guid.NewGuid() };

    static Delivery OfStep(string kind = DeliveryKind.Raised, int attempts = 0) => new()
    {
        Kind = kind, State = DeliveryState.Pending, Attempts = attempts, GiveUpAt = Now + 1, Id = Guid.NewGuid(), Escalation = 2,
    };

    static Episode Acknowledged => Episode() with { AcknowledgedAt = DateTimeOffset.UnixEpoch, AcknowledgedBy = "Ana" };

    static readonly Hold Silenced = new(HoldKind.Silenced, "silenced", null);

    static NextStep Step(Delivery own, Delivery? raise = null, Episode? episode = null, int? attempt = null,
        WhenUncertain uncertain = WhenUncertain.SendAgain, Hold? hold = null, ChannelOptions? channel = null) =>
        NextStep.Of(own, raise, episode ?? Episode(cleared: own.Kind == DeliveryKind.Cleared), attempt ?? own.Attempts,
            channel ?? new WhatsAppOptions { WhenUncertain = uncertain }, Now, hold: hold);

    static Delivery Raise(DeliveryState state = DeliveryState.Pending, int attempts = 0, long claimedUntil = 0, long giveUpAt = Now + 1,
        string? receipt = null) =>
        new()
            { Kind = DeliveryKind.Raised, State = state, Attempts = attempts, ClaimedUntil = claimedUntil, GiveUpAt = giveUpAt,
                Id = Guid.NewGuid(), Receipt = receipt };

    static Delivery Clear() => new() { Kind = DeliveryKind.Cleared, State = DeliveryState.Pending, GiveUpAt = Now + 1, Id = Guid.NewGuid() };

    static Episode Episode(bool cleared = false, bool raised = true) => new()
    {
        AlertId = Guid.Empty, Rule = "excess", Severity = "warning", Source = "segware", Labels = new Dictionary<string, string>(), Count = 20,
        Threshold = 20,
        WindowFrom = default, WindowTo = default, RaisedAt = raised ? DateTimeOffset.UnixEpoch : null,
        ClearedAt = cleared ? DateTimeOffset.UnixEpoch : null,
    };
}
