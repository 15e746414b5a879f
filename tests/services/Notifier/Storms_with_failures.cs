using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Deliveries;
using Sigma.Simulator.Faults;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

/// <summary>Many alerts at once while ChatPro refuses, is away or leaves one in doubt.</summary>
public sealed class Storms_with_failures
{
    const string Send = "*/send_message";

    [Fact]
    public async Task A_digest_that_may_have_been_heard_is_sent_again_and_counted()
    {
        await using var storm = await Storm.Start(5, ("ChatPro:Patience:Timeout", "00:00:00.5"));
        await storm.Queue(12);
        using CountedMetrics metrics = new(storm.Notifier);
        storm.Notifier.Simulator.Faults.Add(Fault.DoneThenHanging(Send) with { Count = 1 });

        await storm.UntilSent(13, advance: true);

        await storm.Counted(metrics, "sigma.notifier.deliveries.uncertain whatsapp raised sent_again", 12);
        var told = storm.Told;
        Assert.All(Enumerable.Range(1, 12), i => Assert.Equal(2, told.Count(code => code == $"C{i}")));
    }

    [Fact]
    public async Task A_digest_that_may_have_been_heard_waits_for_a_person_where_that_is_set()
    {
        await using var storm =
            await Storm.Start(5, ("ChatPro:Patience:Timeout", "00:00:00.5"), ("Notifier:Channels:WhatsApp:WhenUncertain", "AskAPerson"));
        await storm.Queue(12);
        using CountedMetrics metrics = new(storm.Notifier);
        storm.Notifier.Simulator.Faults.Add(Fault.DoneThenHanging(Send) with { Count = 1 });

        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.Notifier.Until(async () => await storm.Count("uncertain") == 12, "nobody is asked");

        await storm.Counted(metrics, "sigma.notifier.deliveries.uncertain whatsapp raised asked", 12);
        Assert.Equal(2, storm.Messages.Count);
    }

    [Fact]
    public async Task A_digest_whose_notifier_died_with_it_in_hand_is_sent_by_the_next_and_the_others_follow()
    {
        await using var storm = await Storm.Start(5, ("Notifier:Channels:WhatsApp:DigestSize", "20"));
        await storm.Queue(30);
        using CountedMetrics metrics = new(storm.Notifier);
        // What a killed notifier leaves: claims, and no message that would come for them.
        await storm.Notifier.Execute(
            $"""
            update notifier_deliveries set state = 'sending', attempts = 1, claimed_until = {storm.Now + 45_000},
              next_attempt_at = {storm.Now + 45_000}
            where delivery_id in (select delivery_id from notifier_deliveries where state = 'waiting' order by next_attempt_at limit 20)
            """);

        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.Notifier.Until(async () => await storm.Count("sent") >= 11, "those who were not in its hand do not follow");
        storm.Clock.Advance(TimeSpan.FromMinutes(3));
        await storm.Notifier.Services.GetRequiredService<Sweep>().SendAgain(default);
        await storm.UntilSent(31, advance: true);

        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"C{i}").Order(), storm.Told.Where(code => code != "0042").Order());
        Assert.InRange(storm.Messages.Count, 3, 6);
        await storm.Counted(metrics, "sigma.notifier.deliveries.uncertain whatsapp raised sent_again", 20);
    }

    [Fact]
    public async Task Too_many_requests_holds_the_whole_line_for_as_long_as_it_says()
    {
        await using var storm =
            await Storm.Start(5, ("Notifier:Channels:WhatsApp:MessageEvery", "00:00:05"), ("ChatPro:Patience:RetryAfterLimit", "00:15:00"));
        storm.Notifier.Simulator.Faults.Add(Fault.TooMany(Send, TimeSpan.FromMinutes(10)) with { Count = 1 });
        await storm.Raise(30);
        // the refused one waits by itself, if it was one
        await storm.Notifier.Until(async () => await storm.Count("waiting") >= 29, "they do not wait in line");
        await storm.UntilIdle();
        for (var i = 0; i < 3; i++)
        {
            storm.Clock.Advance(TimeSpan.FromMinutes(2.8));
            await storm.UntilIdle();
        }
        Assert.Equal(1, storm.Calls);
        Assert.Empty(storm.Messages);

        storm.Clock.Advance(TimeSpan.FromMinutes(2));
        await storm.UntilSent(30, advance: true);

        Assert.InRange(storm.Messages.Count, 1, 6);
        Assert.Equal(30, storm.Told.Distinct().Count());
    }

    [Fact]
    public async Task A_line_ChatPro_refuses_for_good_does_not_take_the_others_of_its_digest_with_it()
    {
        await using var storm = await Storm.Start(5);
        await storm.Queue(16);
        var calls = storm.Calls;
        // 16, 8, 4, 2, and then the one, which is asked for once more
        storm.Notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 400) with { Count = 6 });

        await storm.Notifier.Until(async () =>
        {
            await storm.MoveOn(TimeSpan.FromSeconds(10));
            return (await storm.Count("sent"), await storm.Count("failed")) == (16, 1);
        }, "not all but one are told");

        Assert.Contains("400", (await storm.Notifier.Query<string>("select reason from notifier_deliveries where state = 'failed'"))[0]);
        Assert.Equal(15, storm.Told.Where(code => code != "0042").Distinct().Count());
        Assert.InRange(storm.Calls - calls, 8, 10);
    }

    [Fact]
    public async Task While_ChatPro_is_down_the_line_is_tried_with_one_and_then_told_in_a_few_messages()
    {
        await using var storm = await Storm.Start(5, ("Notifier:Deliveries:RetryFrom", "00:00:05"), ("Notifier:Deliveries:RetryTo", "00:05:00"));
        var outage = storm.Notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 503));
        await storm.Raise(60);
        await storm.Notifier.Until(async () => await storm.Count("sent") == 0 && await storm.Count("waiting") >= 59, "they do not wait");
        await storm.Notifier.Until(async () =>
        {
            await storm.MoveOn(TimeSpan.FromSeconds(40));
            return outage.Hits >= 9;
        }, "it is not tried again");
        outage.Dispose();
        await storm.UntilSent(60, advance: true);

        Assert.InRange(storm.Messages.Count, 2, 8);
        Assert.Equal(60, storm.Told.Count());
        Assert.Equal(60, storm.Told.Distinct().Count());
    }

    [Fact]
    public async Task Tries_go_on_for_more_than_a_day()
    {
        await using var storm = await Storm.Start(5, ("Notifier:Deliveries:GiveUpAfter", "2.00:00:00"), ("Notifier:Deliveries:RetryTo", "00:05:00"));
        var outage = storm.Notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 503));
        await storm.Notifier.Publish(Raised(Guid.NewGuid()));
        for (var tries = 1; tries <= 10; tries++)
        {
            await storm.Notifier.Until(() => Task.FromResult(outage.Hits >= tries), $"try {tries} is not made");
            storm.Clock.Advance(TimeSpan.FromHours(3));
        }
        outage.Dispose();
        await storm.UntilSent(1, advance: true);

        Assert.Single(storm.Messages);
        Assert.InRange((await storm.Notifier.Query<long>("select settled_at - created_at from notifier_deliveries"))[0],
            TimeSpan.FromHours(27).TotalMilliseconds, double.MaxValue);
    }

    [Fact]
    public async Task A_line_whose_call_was_lost_is_found_by_the_sweep()
    {
        await using var storm = await Storm.Start(5);
        await storm.Queue(10);
        await storm.Notifier.Execute("delete from outbox");
        var sweep = storm.Notifier.Services.GetRequiredService<Sweep>();

        Assert.Equal(0, await sweep.SendAgain(default));
        storm.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal((1, 0), (await sweep.SendAgain(default), await sweep.SendAgain(default)));
        await storm.UntilSent(11);
        Assert.Equal(2, storm.Messages.Count);
    }

    [Fact]
    public async Task Names_that_do_not_come_in_time_do_not_hold_a_digest()
    {
        await using var storm = await Storm.Start(5, ("Notifier:Accounts:Patience", "00:00:01"), ("Notifier:Accounts:KeepFor", "00:00:01"));
        await storm.Queue(30);
        storm.Notifier.Simulator.Faults.Add(Fault.Hanging("/v5/accounts/*"));

        storm.Clock.Advance(TimeSpan.FromMinutes(1)); // the names are no longer good
        await storm.UntilSent(31);

        Assert.Contains("🚨 *C7* Filial 7 ·", storm.Messages[1].Message);
    }
}
