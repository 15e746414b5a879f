using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;

namespace Sigma.UnitTests.Notifier;

public sealed class Slots_of_a_recipient
{
    readonly Recipient _recipient = new();
    readonly WhatsAppOptions _pace = new();
    long _now = 1_000_000_000;

    [Fact]
    public void Five_go_out_at_once_and_then_one_every_five_seconds() =>
        Assert.Equal([0, 0, 0, 0, 0, 5000, 5000, 5000], Enumerable.Range(0, 8).Select(_ => Wait()));

    [Fact]
    public void After_a_silence_of_twenty_five_seconds_five_may_go_again()
    {
        for (var i = 0; i < 7; i++)
            Wait();
        _now += 25_000; // each has grown back

        Assert.Equal([0, 0, 0, 0, 0, 5000], Enumerable.Range(0, 6).Select(_ => Wait()));
    }

    [Fact]
    public void What_failed_holds_all_up_to_its_time()
    {
        _recipient.Failed("no", _now + 60_000);

        Assert.Equal(_now + 60_000, _recipient.NextSlotAt(_pace, _now));
    }

    [Fact]
    public void A_clock_set_back_by_a_day_blocks_nobody_for_longer_than_a_burst()
    {
        for (var i = 0; i < 5; i++)
            Wait();

        Assert.Equal(5000, _recipient.NextSlotAt(_pace, _now - 86_400_000) - (_now - 86_400_000));
    }

    [Fact]
    public void Each_failure_halves_a_digest_down_to_one_and_an_answer_makes_it_whole()
    {
        List<int> sizes = [];
        for (var failures = 0; failures < 40; failures++)
        {
            sizes.Add(_recipient.DigestLimit(100));
            _recipient.Failed("no", 0);
        }
        _recipient.Answered();

        Assert.Equal([100, 50, 25, 12, 6, 3, 1, 1], sizes.Take(8));
        Assert.Equal((1, 100), (sizes[^1], _recipient.DigestLimit(100)));
    }

    /// <summary>Waits for the next turn, and takes it.</summary>
    long Wait()
    {
        var waited = Math.Max(_recipient.NextSlotAt(_pace, _now) - _now, 0);
        _now += waited;
        _recipient.TakeSlot(_pace, _now);
        return waited;
    }
}
