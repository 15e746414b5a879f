using Microsoft.Extensions.Options;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Drills;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SelfMonitoring;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Notifier.Channels.SegwareAlarmEvent;

/// <summary>An event put into Segware, where the operators see it.</summary>
internal sealed class SegwareAlarmEventChannel(Integration integration, SegwareAlarmEventOptions own, SegwareApi api, AccountLookup accounts,
    LastKnownAccounts lastKnown, AlertText text, AlarmEventTable table, IOptions<NotifierOptions> options, IOptions<SegwareOptions> segware)
    : INoticeChannel
{
    const string NoAccount = "the alert is not about a Segware account";

    public Integration Integration => integration;

    public TimeSpan CallLimit => options.Value.Accounts.Patience + segware.Value.Patience.Timeout;

    SelfMonitoringOptions OfNotices => options.Value.Blindness;

    DrillOptions OfDrills => options.Value.Drill;

    public string? Obstacle(string source, IReadOnlyDictionary<string, string> labels) => accounts.IsAboutOne(source, labels) ? null : NoAccount;

    public string? DrillObstacle => OfDrills.SegwareAccountId.Length > 0 ? null
        : "set Notifier__Drill__SegwareAccountId to the id of an account made for tests, and it is tried there too";

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        if (content.Episode.IsDrill)
        {
            await Put(OfDrills.SegwareAccountId, text.Of(content, null, own, own.Markup.Escape), ct);
            return new Receipt(null);
        }
        var names = Known(await accounts.Find(content.Episode.Source, content.Episode.Labels, ct));
        await api.Post("v3/events/alarm", new AlarmEvents([Event(content, names)]), ct);
        return new Receipt(null);
    }

    public bool SendsNotices => own.Enabled && OfNotices.SegwareAccountId.Length > 0;

    public Task SendNotice(NoticeContent notice, CancellationToken ct) => Put(OfNotices.SegwareAccountId, notice.Text, ct);

    // Segware takes several events in one call.
    public async Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct)
    {
        var names = await accounts.FindAll([.. contents.Select(c => (c.Episode.Source, c.Episode.Labels))], ct);
        AlarmEvents events = new([.. contents.Zip(names, (content, named) => Event(content, Known(named)))]);
        return new Digest(contents.Count, async token =>
        {
            await api.Post("v3/events/alarm", events, token);
            return new Receipt(null);
        });
    }

    public async Task Record(DbSession session, DeliveryContent content, DeliveryResult deliveryResult, CancellationToken ct)
    {
        if (content.Episode.IsDrill)
            return; // other reports read the table
        // No call is made inside the transaction: what was looked up for the call has been kept.
        var account = content.Episode.Label("account");
        var names = await lastKnown.Find(session, account, ct) ?? AccountInfo.Nameless(account, LookupStatus.Unavailable);
        await table.Add(session, content.DeliveryId, Event(content, names), deliveryResult.State == DeliveryState.Sent ? "sent" : "failed", ct);
    }

    async Task Put(string account, string says, CancellationToken ct)
    {
        var names = Known(await accounts.Find(options.Value.Accounts.Source, new Dictionary<string, string> { ["account"] = account }, ct));
        await api.Post("v3/events/alarm", new AlarmEvents([Event(names, NoticeText.Plain(says))]), ct);
    }

    static AccountInfo Known(AccountInfo? names) => names switch
    {
        null => throw new DeliveryRefusedException(NoAccount),
        { Status: LookupStatus.NotFound } => throw new DeliveryRefusedException($"Segware does not know account {names.Account}"),
        { Status: LookupStatus.Unavailable } => throw new DeliveryPostponedException($"account {names.Account} cannot be looked up"),
        _ => names,
    };

    AlarmEvent Event(DeliveryContent content, AccountInfo names) => Event(names, text.Of(content, names, own, own.Markup.Escape, own.LineBreak));

    AlarmEvent Event(AccountInfo names, string says) =>
        new(names.Code, names.CompanyId ?? 0, own.Code, own.EventId, says.Truncate(AlarmEvent.TextLimit));
}
