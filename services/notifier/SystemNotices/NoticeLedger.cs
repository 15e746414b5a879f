using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.SystemNotices;

/// <summary>Claims notices and settles them, each in a short transaction of its own: no transaction is open while an API is called.</summary>
internal sealed class NoticeLedger(Database database, NoticeTable notices, NoticePlan plan, IOptions<NotifierOptions> options, TimeProvider time,
    ILogger<NoticeLedger> log)
{
    static readonly TimeSpan ToWriteTheResult = TimeSpan.FromSeconds(30), AfterTheOther = TimeSpan.FromSeconds(1);

    /// <summary>One that is to be said now by us; null when there is none.</summary>
    public async Task<NoticeClaim?> Take(CancellationToken ct)
    {
        while (true)
        {
            await using var session = await database.Begin(ct);
            if (await notices.LockDue(session, ct) is not { } own)
                return null;
            var channel = plan.ChannelOf(own);
            switch (own.Next(await notices.Others(session, own, ct), channel?.Options, time.Milliseconds()))
            {
                case NextNotice.Settle step:
                    await notices.Settle(session, own, step.State, step.Reason, ct);
                    await session.Commit(ct);
                    LogOutcome(own, step.State, step.Reason);
                    break;
                case NextNotice.Wait step:
                    await notices.Postpone(session, own, own.Attempts, step.For + AfterTheOther, null, ct);
                    await session.Commit(ct);
                    break;
                default:
                    await notices.Claim(session, own, channel!.CallLimit + ToWriteTheResult, ct);
                    await session.Commit(ct);
                    return new(own, own.Attempts + 1, channel);
            }
        }
    }

    public Task Sent(NoticeClaim claim, CancellationToken ct) => Settle(claim, DeliveryState.Sent, null, ct);

    public async Task Failed(NoticeClaim claim, DeliveryFailure failure, CancellationToken ct)
    {
        if (failure.Kind == FailureKind.Permanent)
        {
            await Settle(claim, DeliveryState.Failed, failure.Reason, ct);
            return;
        }
        if (failure.Kind == FailureKind.Unconfirmed
            || (failure.Kind == FailureKind.Uncertain && claim.Channel.Options.InDoubt == WhenUncertain.AskAPerson))
        {
            await Settle(claim, DeliveryState.Uncertain, failure.Reason, ct);
            return;
        }
        var wait = Backoff.After(claim.Attempt, options.Value.Deliveries, failure.RetryAfter, Random.Shared.NextDouble());
        await Write(claim, session => notices.Postpone(session, claim.Notice, claim.Attempt, wait, failure.Reason, ct), ct);
        log.LogWarning("Notice {Kind} on {Channel}: try {Attempt} failed, again in {Seconds:0.#} s: {Reason}",
            claim.Notice.StoredKind, claim.Notice.Channel, claim.Attempt, wait.TotalSeconds, failure.Reason);
    }

    async Task Settle(NoticeClaim claim, DeliveryState state, string? reason, CancellationToken ct)
    {
        await Write(claim, session => notices.Settle(session, claim.Notice, state, reason, ct), ct);
        LogOutcome(claim.Notice, state, reason);
    }

    async Task Write(NoticeClaim claim, Func<DbSession, Task> result, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await using var session = await database.Begin(ct);
                await result(session);
                await session.Commit(ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // The call is made: forgetting its result would make it twice.
                log.LogWarning("The result of notice {NoticeId} on {Channel} cannot be written yet: {Reason}", claim.Notice.Id, claim.Notice.Channel,
                    e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
            }
        }
    }

    void LogOutcome(Notice notice, DeliveryState state, string? reason)
    {
        if (state == DeliveryState.Sent)
            log.LogInformation("Notice {Kind}: delivered on {Channel}", notice.StoredKind, notice.Channel);
        else if (state == DeliveryState.Skipped)
            log.LogInformation("Notice {Kind}: skipped on {Channel}: {Reason}", notice.StoredKind, notice.Channel, reason);
        else
            log.LogError("Notice {Kind}: {State} on {Channel}, a person must look: {Reason}", notice.StoredKind, state.Stored(), notice.Channel,
                reason);
    }
}

/// <summary>A notice this notifier has claimed.</summary>
internal sealed record NoticeClaim(Notice Notice, int Attempt, INoticeChannel Channel);
