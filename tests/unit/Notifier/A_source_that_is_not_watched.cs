using Sigma.Notifier.Channels;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.SelfMonitoring;
using Sigma.Notifier.SystemNotices;
using Sigma.Storage;

namespace Sigma.UnitTests.Notifier;

public sealed class A_source_that_is_not_watched
{
    const long Minute = 60_000, Now = 1_800_000_000_000;
    static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(1, false, "Unchanged")]
    [InlineData(10, false, "Unchanged")]
    [InlineData(10.1, false, "Unwatched")]
    [InlineData(10.1, true, "Unchanged")]
    [InlineData(5, true, "Unchanged")]
    [InlineData(4.9, true, "WatchedAgain")]
    public void Begins_above_the_limit_and_ends_below_half_of_it(double lag, bool told, string verdict)
    {
        var source = new SourceState
            { Source = "segware", Watermark = Now - (long)(lag * Minute), CountedUntil = Now, Blindness = told ? Guid.NewGuid() : null,
                BlindFrom = told ? Now - 60 * Minute : null };

        Assert.Equal(verdict, source.ChangeAt(Now, After).ToString());
    }

    [Theory]
    [InlineData(9, "Unchanged")]
    [InlineData(11, "Unwatched")]
    public void Counts_from_the_installation_while_nothing_newer_was_seen(int minutes, string verdict)
    {
        Assert.Equal(verdict, new SourceState { Since = Now - minutes * Minute, CountedUntil = Now }.ChangeAt(Now, After).ToString());
        Assert.Equal(verdict,
            new SourceState { Since = Now - minutes * Minute, CountedUntil = Now, Watermark = Now - 120 * Minute }.ChangeAt(Now, After).ToString());
    }

    [Theory]
    [InlineData(10, "Unchanged")]
    [InlineData(10.1, "Unwatched")]
    public void What_is_fetched_and_not_counted_is_not_watched(double behind, string verdict)
    {
        var source = new SourceState { Source = "segware", Watermark = Now, CountedUntil = Now - (long)(behind * Minute) };

        Assert.Equal(verdict, source.ChangeAt(Now, After).ToString());
        Assert.True(source.IsUncounted(After));
    }

    [Fact]
    public void A_warning_that_is_over_before_it_is_told_is_skipped_and_its_end_is_told()
    {
        var warning = Notice(NoticeKind.Warning);
        var end = Notice(NoticeKind.AllClear);

        Assert.Equal(DeliveryState.Skipped, Assert.IsType<NextNotice.Settle>(warning.Next([end], On, Now)).State);
        Assert.IsType<NextNotice.Send>(end.Next([warning], On, Now));
    }

    [Fact]
    public void The_end_waits_for_the_warning_that_is_being_said_and_not_for_one_whose_notifier_died()
    {
        var end = Notice(NoticeKind.AllClear);

        Assert.Equal(TimeSpan.FromMinutes(1),
            Assert.IsType<NextNotice.Wait>(end.Next([Notice(NoticeKind.Warning, DeliveryState.Sending, Now + Minute)], On, Now)).For);
        Assert.IsType<NextNotice.Send>(end.Next([Notice(NoticeKind.Warning, DeliveryState.Sending, Now - Minute)], On, Now));
    }

    [Fact]
    public void A_notice_is_settled_when_its_channel_is_off_its_time_is_over_or_a_person_is_to_be_asked()
    {
        Assert.Equal(DeliveryState.Skipped, Assert.IsType<NextNotice.Settle>(Notice(NoticeKind.Warning).Next([], null, Now)).State);
        Assert.Equal(DeliveryState.Failed, Assert.IsType<NextNotice.Settle>(Notice(NoticeKind.Warning).Next([], On, Now + 30 * 60 * Minute)).State);
        var broken = Notice(NoticeKind.Warning, DeliveryState.Sending, Now);
        Assert.IsType<NextNotice.Send>(broken.Next([], On, Now));
        Assert.Equal(DeliveryState.Uncertain,
            Assert.IsType<NextNotice.Settle>(broken.Next([], new WhatsAppOptions { WhenUncertain = WhenUncertain.AskAPerson }, Now)).State);
    }

    [Fact]
    public void Segware_gets_the_words_in_one_line_without_marks_and_pictures() => Assert.Equal(
        "Monitoramento parado; Eventos de segware não são verificados",
        NoticeText.Plain("⚠️ *Monitoramento parado*\nEventos de segware não são verificados"));

    static ChannelOptions On => new WhatsAppOptions();

    static Notice Notice(NoticeKind kind, DeliveryState state = DeliveryState.Pending, long next = Now) =>
        new() { StoredKind = kind.Stored(), State = state, NextAttemptAt = next, GiveUpAt = Now + 24 * 60 * Minute };
}
