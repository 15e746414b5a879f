using Microsoft.Extensions.Options;
using Sigma.Fetcher;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Events;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using Sigma.Storage;

namespace Sigma.ServiceTests.Fetcher;

public sealed class Malformed_records
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("""{"accountId":7,"cuc":"ALR","code":"E13\ud83d"}""", "code has half a character", 0)]
    [InlineData("""{"accountId":7,"cuc":"ALR","code":"E130","temperature":NaN}""", "it is not JSON", 0)]
    [InlineData("""{"accountId":7,"cuc":"ALR","code":"E130","text":"he said "no""}""", "it is not JSON", 0)]
    [InlineData("""{"accountId":7,"cuc":"ALR","code":"E130","id":["?"]}""", "id is a list instead of text, it is left out", 1)]
    public async Task Are_put_aside_alone_and_their_time_is_covered(string raw, string reason, int used)
    {
        await using var session = await Started(withHistory: true);
        session.AddEvents(12, session.Now - 40 * Second, Second);
        Add(session, raw);
        session.AddEvents(12, session.Now - 20 * Second, Second);

        var result = await session.Poll();
        session.Clock.Now += Minute;
        await session.Poll(); // asks again

        Assert.Equal((24 + used, session.Now - Minute), (result.Events, result.Watermark));
        Assert.All(await session.Slices(), slice => Assert.Equal(SliceState.Published, slice.State));
        Assert.Equal((raw, used, "segware"), Assert.Single(await Kept(session)) is var kept ? (kept.Raw, kept.Used, kept.Source) : default);
        Assert.StartsWith(reason, (await Kept(session))[0].Reason);
    }

    [Fact]
    public async Task Do_not_hold_up_a_quiet_minute_when_it_is_a_value_of_one_alone()
    {
        await using var session = await Started(withHistory: false);
        Add(session, """{"accountId":7,"cuc":"ALR","code":"E13\ud83d"}""");

        Assert.Equal(session.Now, (await session.Poll()).Watermark);
        Assert.Single(await Kept(session));
    }

    [Fact]
    public async Task Are_kept_up_to_a_number_and_for_a_while()
    {
        await using var session = await Started(withHistory: false);
        var table = session.Get<MalformedRecordTable>();
        for (var thousand = 0; thousand < 11; thousand++)
            await table.Keep(new Slice(0, 1),
                [.. Enumerable.Range(1000 * thousand, 1000).Select(i => new MalformedRecord("x", "odd", $"record {i}", null, false))],
                FetcherSession.Ct);
        Assert.Equal(10_000, (await Kept(session)).Count);

        session.Clock.Now += TimeSpan.FromDays(31);
        await session.Get<SlicePurge>().Run(FetcherSession.Ct);

        Assert.Empty(await Kept(session));
    }

    [Fact]
    public async Task Most_of_an_answer_leave_its_time_uncovered_and_what_can_be_read_counts_at_once()
    {
        await using var session = await Started(withHistory: false);
        for (var i = 0; i < 12; i++)
            Add(session, $$"""{"account":7,"cuc":"ALR","code":"E130","text":"{{i}}"}""");
        session.AddEvents(3, session.Now - 30 * Second, Second);

        var result = await session.Poll();
        await session.Received.Until(r => r.EventIds.Count == 3, "what can be read");
        session.Clock.Now += 2 * Minute;
        await session.Poll();

        Assert.Equal(1, result.Failed);
        Assert.True(session.Received.Batches.Where(b => b.Events.Count > 0).All(b => b.Parts > b.Part), "a part of it never comes");
        Assert.Equal(3, session.Received.EventIds.Count);
        var failed = (await session.Slices()).Single(s => s.State == SliceState.Failed);
        Assert.StartsWith("12 of 15 records cannot be read: accountId is missing, for example {\"account\":7,", failed.Reason);
        Assert.Equal(failed.From, result.Watermark?.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("""{"account":7,"cuc":"ALR","code":"E130"}""", "1 of 1 records cannot be read: accountId is missing")]
    [InlineData("""{"accountId":7,"cuc":"ALR","eventCode":"E130"}""", "1 of 1 records cannot be read: code is missing")]
    [InlineData("""{"accountId":{"id":7},"cuc":"ALR","code":"E130"}""", "1 of 1 records cannot be read: accountId is an object instead of text")]
    [InlineData("\"E130 7 ALR\"", "1 of 1 records cannot be read: it is not an object")]
    [InlineData("""{"accountId":7,"class":"ALR","code":"E130","id":1,"eventDate":"2026-11-20T12:00:00Z"}""",
        "no record has cuc any more, which nearly all had")]
    [InlineData("""{"accountId":7,"cuc":"ALR","code":"E130","id":1,"when":"2026-11-20T12:00:00Z"}""",
        "no record has a time that can be read (Segware__TimeFields) any more, which nearly all had")]
    public async Task On_a_quiet_night_tell_of_a_change_and_are_passed_once_newer_time_is_readable_again(string changed, string reason)
    {
        await using var session = await Started(withHistory: true);
        Add(session, changed);
        await session.Poll();
        var failed = (await session.Slices())[^1];
        Assert.Equal(SliceState.Failed, failed.State);
        Assert.StartsWith(reason, failed.Reason);

        // Also after a restart, and however often it is tried.
        await session.StopProcess();
        await session.StartProcess();
        session.Clock.Now += 6 * Minute;
        Assert.Equal(failed.From, (await session.Poll()).Watermark?.ToUnixTimeMilliseconds());

        session.AddEvents(1, session.Now - Second, Second);
        session.Clock.Now += 6 * Minute;
        await session.Poll();
        session.Clock.Now += 6 * Minute;
        Assert.Equal(session.Now, (await session.Poll()).Watermark);
    }

    [Fact]
    public async Task Of_a_field_that_was_never_common_say_nothing()
    {
        await using var session = await Started(withHistory: true);
        session.AddEvents(40, session.Now - 50 * Second, Second); // without an occurrence, as half of those before

        Assert.Equal(session.Now, (await session.Poll()).Watermark);
    }

    [Fact]
    public async Task A_field_that_is_gone_for_a_day_is_no_longer_waited_for()
    {
        await using var session = await Started(withHistory: true, ("Fetcher:RetryFailedFor", "01:00:00"));
        for (var i = 0; i < 10; i++)
        {
            Add(session, $$"""{"accountId":7,"cuc":"ALR","code":"E130","eventDate":"{{session.Now - 30 * Second:O}}","number":{{i}}}""");
            await session.Poll();
            session.Clock.Now += 10 * Minute;
        }

        await session.Poll();
        session.Clock.Now += 6 * Minute; // the slices that were tried before have their turn
        await session.Poll();
        session.Clock.Now += 6 * Minute;
        Assert.Equal(session.Now, (await session.Poll()).Watermark);
    }

    [Theory]
    [InlineData(200, """{"messageKey":"no_service","message":"try\nlater"}""",
        "200 OK with an object instead of a list: {\"messageKey\":\"no_service\",\"message\":\"try later\"}")]
    [InlineData(200, "null", "200 OK with null instead of a list")]
    [InlineData(200, "", "200 OK with nothing instead of a list")]
    [InlineData(204, null, "204 No Content with nothing instead of a list")]
    [InlineData(200, "{\"you sent\":\"Bearer segware-token\"}", "200 OK with an object instead of a list: {\"you sent\":\"Bearer …\"}")]
    [InlineData(202, "queued", "202 Accepted with text instead of a list: queued")]
    public async Task What_is_no_list_covers_nothing_and_is_told_in_the_vendors_words(int status, string? body, string told)
    {
        await using var session = await FetcherSession.Start(null, ("Fetcher:FirstLookBack", "00:01:00"));
        session.Simulator.Faults.Add(Fault.Answering("/v1/events", status, body?.Replace("\\n", "\n")));

        await session.Poll();

        var slice = Assert.Single(await session.Slices());
        Assert.Equal((SliceState.Failed, told), (slice.State, slice.Reason));
        Assert.Empty(session.Received.Batches);
    }

    [Theory, InlineData("""{"messageKey":"registers_over_limit"}"""), InlineData("""[{"messageKey":"registers_over_limit"}]""")]
    public async Task Too_many_with_a_200_are_asked_for_in_halves(string body)
    {
        await using var session = await FetcherSession.Start(null, ("Fetcher:FirstLookBack", "00:01:00"));
        session.Simulator.Faults.Add(Fault.Answering("/v1/events", 200, body) with { Count = 1 });

        var result = await session.Poll();

        Assert.Equal((1, 2, session.Now), (result.Halved, result.Published, result.Watermark));
    }

    [Fact]
    public async Task Occurrences_whose_ids_are_long_are_excused_by_the_same_hash()
    {
        await using var session = await FetcherSession.Start();
        var id = new string('4', 300);
        session.AddEvents(3, session.Now - Minute, Second, occurrence: id);
        session.Simulator.Segware.Add(new Occurrence { Id = id, OpenedAt = session.Now - Minute, ClosedAt = session.Now, ClosedByUserId = 52583 });

        await session.Poll();

        await session.Received.Until(r => r.Excused.Count > 0 && r.EventIds.Count == 3, "the events and their excuse");
        var hash = Assert.Single(session.Received.Batches.SelectMany(b => b.ExcusedOccurrenceIds));
        Assert.All(session.Received.Batches.SelectMany(b => b.Events), e => Assert.Equal(hash, e.OccurrenceId));
        Assert.Equal([hash], session.Received.Excused.SelectMany(e => e.OccurrenceIds));
    }

    [Fact]
    public async Task Times_far_from_the_slice_are_replaced_and_kept()
    {
        await using var session = await FetcherSession.Start();
        var right = session.Now - 30 * Second;
        Add(session, $$"""{"id":1,"accountId":7,"cuc":"ALR","code":"E130","eventDate":"2000-01-01T00:00:00Z","receivedDate":"{{right:O}}"}""");
        Add(session, """{"id":2,"accountId":7,"cuc":"ALR","code":"E130","eventDate":"2099-01-01T00:00:00Z"}""");

        await session.Poll();

        await session.Received.Until(r => r.EventIds.Count == 2, "both");
        var events = session.Received.Batches.SelectMany(b => b.Events).OrderBy(e => e.EventId).ToList();
        Assert.Equal([right, session.Now.AddMilliseconds(-1)], events.Select(e => e.OccurredAt));
        Assert.Equal(["2000-01-01T00:00:00Z", "2099-01-01T00:00:00Z"], events.Select(e => e.ReportedTime));
    }

    /// <summary>A fetcher that has seen a hundred records, half of them with an occurrence.</summary>
    static async Task<FetcherSession> Started(bool withHistory, params (string, string)[] settings)
    {
        var session = await FetcherSession.Start(null, settings);
        if (withHistory)
        {
            for (var account = 10; account < 60; account++)
            {
                session.AddEvents(20, session.Now - TimeSpan.FromMinutes(account), Second, account: account,
                    occurrence: account % 2 == 0 ? $"{account}" : null);
            }
            await session.Poll();
            session.Clock.Now += 5 * Minute;
            await session.Poll();
            session.Clock.Now += Minute;
        }
        session.Received.Clear();
        return session;
    }

    static void Add(FetcherSession session, string raw) =>
        session.Simulator.Segware.Add(new SegwareEvent { AccountId = 7, Cuc = "ALR", Code = "E130", At = session.Now - 30 * Second, Raw = raw });

    static async Task<List<(string Source, string Reason, int Used, string Raw)>> Kept(FetcherSession session)
    {
        await using var db = await session.Get<Database>().Begin(FetcherSession.Ct);
        return [
            .. (await db.Query<(string Source, string Reason, long Used, string Raw)>(
                "select source, reason, used, raw from fetcher_odd_records order by seen_at", null, FetcherSession.Ct))
            .Select(row => (row.Source, row.Reason, (int)row.Used, row.Raw))];
    }
}
