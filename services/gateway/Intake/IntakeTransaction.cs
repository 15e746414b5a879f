using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Publishing;
using Sigma.Hosting.Texts;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Keeps deliveries that came together in one transaction: their raw bodies, the keys of their news, the conditions they speak of, and the messages
/// that follow from them as rows of the outbox. News of one integration and one slice shares messages.
/// </summary>
internal sealed class IntakeTransaction(Database database, OutboxSender outbox, TimeProvider time)
{
    const int LongestPlace = 200, LongestReason = 1000, LongestVia = 64;

    /// <summary>Keeps all of them or none. False when it must be tried again: another gateway has just kept news of the same condition.</summary>
    /// <param name="works">What came together.</param>
    /// <param name="batches">The batches of these works; a further try takes those that the one before had.</param>
    /// <param name="isFirstTry">Whether none was made before.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<bool> Run(IReadOnlyList<IntakeWork> works, TakenBatches batches, bool isFirstTry, CancellationToken ct)
    {
        batches.BeginAgain();
        await using var session = await database.Begin(ct);
        if (!isFirstTry && await IsKept(session, works[0], ct))
            return true; // the commit was made, and its answer lost
        var seen = await Seen(session, works, ct);
        if (await Conditions(session, works, seen, ct) is not { } news)
            return false;
        await StoreBodies(session, works, seen, ct);
        await StoreConfirmations(session, works, ct);
        await Publish(session, works, news, seen, batches, ct);
        session.AfterCommit(() => Count(works, seen));
        await outbox.Commit(session, ct);
        return true;
    }

    static async Task<bool> IsKept(DbSession session, IntakeWork work, CancellationToken ct) => work.ReplayOf is null
        && await session.First<long?>( // ix_gateway_intake_delivery
            "select id from gateway_intake where delivery_id = @id", new { id = work.Delivery.Id }, ct) is not null;

    // The news of each work that had been delivered before.
    async Task<HashSet<NewsItem>> Seen(DbSession session, IReadOnlyList<IntakeWork> works, CancellationToken ct)
    {
        Dictionary<Guid, Guid> deliveries = [];
        List<(Guid Key, NewsItem Item)> keys = [];
        HashSet<NewsItem> repeated = [];
        foreach (var work in works)
            foreach (var item in work.Items)
                if (item.Key(work.Delivery.Integration) is { } key)
                {
                    keys.Add((key, item));
                    if (!deliveries.TryAdd(key, work.Delivery.Id) && work.IsFirstReading)
                        repeated.Add(item); // twice among those that came together
                }
        if (deliveries.Count == 0)
            return repeated;
        var seen = await SeenKeys.Add(session, deliveries, time.Milliseconds(), ct);
        if (seen.Count > 0)
        {
            var again = works.Where(work => !work.IsFirstReading).SelectMany(work => work.Items).ToHashSet();
            repeated.UnionWith(keys.Where(key => seen.Contains(key.Key) && !again.Contains(key.Item)).Select(key => key.Item));
        }
        return repeated;
    }

    static async Task<Dictionary<IntakeWork, List<ReportedCondition>>?> Conditions(DbSession session, IReadOnlyList<IntakeWork> works,
        HashSet<NewsItem> seen, CancellationToken ct)
    {
        var tracked = works.SelectMany(work => work.Items.Where(item => item.IsTracked).Select(item => item.ConditionId(work.Delivery.Integration)));
        var open = await OpenConditions.Lock(session, tracked, ct);
        var known = open.Keys.ToHashSet();
        Dictionary<Guid, OpenCondition> changed = [];
        Dictionary<IntakeWork, List<ReportedCondition>> news = [];
        foreach (var work in works)
        {
            List<ReportedCondition> says = [];
            foreach (var item in work.IsSent ? [] : work.Items.Where(item => item.IsCondition))
            {
                if (!item.IsTracked)
                {
                    if (!seen.Contains(item))
                        says.Add(item.Condition());
                    continue;
                }
                var id = item.ConditionId(work.Delivery.Integration);
                var arrival = seen.Contains(item) ? Arrival.Repeated : work.IsFirstReading ? Arrival.New : Arrival.Replayed;
                var (some, now) = OpenCondition.Next(item, open.GetValueOrDefault(id), arrival, work.Delivery.Integration);
                says.AddRange(some);
                if (now is not null)
                    open[id] = changed[id] = now;
            }
            news.Add(work, says);
        }
        return await OpenConditions.Store(session, known, changed.Values, ct) ? news : null;
    }

    static async Task StoreBodies(DbSession session, IReadOnlyList<IntakeWork> works, HashSet<NewsItem> seen, CancellationToken ct)
    {
        using SqlRows rows = new(session.Dialect);
        foreach (var work in works.Where(work => work.ReplayOf is null))
        {
            var (delivery, repeated) = (work.Delivery, work.Items.Count(seen.Contains));
            rows.Add(delivery.Id, delivery.Integration.Name, delivery.Integration.Kind, delivery.Via.Beginning(LongestVia),
                delivery.ReceivedAt.ToUnixTimeMilliseconds(), StateOf(work, repeated).Stored(), work.Place?.Beginning(LongestPlace),
                work.Reason?.Beginning(LongestReason), work.Items.Count, repeated, 0, delivery.Body.Length, work.Headers, SqlValue.Of(work.Body),
                SqlValue.Of(work.Understood));
        }
        if (rows.Count > 0)
            await session.Execute(
                "insert into gateway_intake(delivery_id, integration, kind, via, received_at, state, place, reason, items, duplicates, tries, "
                + $"body_bytes, headers, body, understood) values {rows}", null, ct);
        foreach (var work in works.Where(work => work.ReplayOf is not null))
            await session.Execute( // primary key
                """
                update gateway_intake set state = @state, place = @place, reason = @reason, items = @items, tries = tries + 1,
                  understood = @understood
                where id = @id
                """,
                new
                {
                    id = work.ReplayOf, state = work.State.Stored(), place = work.Place?.Beginning(LongestPlace),
                    reason = work.Reason?.Beginning(LongestReason),
                    items = work.Items.Count, understood = work.Understood,
                }, ct);
    }

    static IntakeState StateOf(IntakeWork work, int repeated) =>
        work.State == IntakeState.Kept && repeated > 0 && repeated == work.Items.Count ? IntakeState.Duplicate : work.State;

    async Task StoreConfirmations(DbSession session, IReadOnlyList<IntakeWork> works, CancellationToken ct)
    {
        using SqlRows rows = new(session.Dialect);
        var now = time.Milliseconds();
        foreach (var work in works)
            if (work.ConfirmAt is { } address)
                rows.Add(Ids.From("confirmation", work.Delivery.Integration.Name, address.AbsoluteUri), work.Delivery.Integration.Name,
                    work.Delivery.Integration.Kind, address.AbsoluteUri, now, now, 0);
        if (rows.Count > 0) // the same again is called once
            await session.Execute(
                $"{session.Dialect.InsertIgnore} into gateway_confirmations(id, integration, kind, address, asked_at, due_at, tries) values {rows}",
                null, ct);
    }

    async Task Publish(DbSession session, IReadOnlyList<IntakeWork> works, Dictionary<IntakeWork, List<ReportedCondition>> news,
        HashSet<NewsItem> seen, TakenBatches batches, CancellationToken ct)
    {
        foreach (var together in works.GroupBy(work => (work.Slice, work.Delivery.Integration.Name)))
        {
            var (slice, source) = together.Key;
            foreach (var (some, _) in NewsCut.Cut(together.SelectMany(work => news[work]).ToList(), NewsCut.SizeOf))
            {
                var batch = batches.Next(slice);
                ConditionReported message = new() { BatchId = Id(together.First(), batch), Source = source, Conditions = some, Intake = batch.Part };
                await outbox.Publish(session, message, message.BatchId, ct);
            }
            // What is not a condition is an event without an end: a line that can be searched and counted.
            var lines = together.SelectMany(work => work.Items).Where(item => !item.IsCondition && !seen.Contains(item))
                .Select(item => item.Line()).ToList();
            foreach (var (some, _) in NewsCut.Cut(lines, NewsCut.SizeOfLines()))
            {
                var batch = batches.Next(slice);
                LogBatch message = new() { BatchId = Id(together.First(), batch), Source = source, Lines = some, Intake = batch.Part };
                await outbox.Publish(session, message, message.BatchId, ct);
            }
        }
    }

    static Guid Id(IntakeWork first, IntakeBatch batch) => Ids.From("batch", first.Delivery.Id.ToString("N"), batch.Part.Gateway,
        batch.Part.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    static void Count(IReadOnlyList<IntakeWork> works, HashSet<NewsItem> seen)
    {
        foreach (var work in works)
        {
            var repeated = work.Items.Count(seen.Contains);
            if (repeated > 0)
                GatewayTelemetry.Duplicates(work.Delivery.Integration.Name, repeated);
            if (work.Items.Count > repeated)
                GatewayTelemetry.Accepted(work.Delivery.Integration.Name, "conditions", work.Items.Count - repeated);
        }
    }
}
