using Microsoft.Extensions.Options;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Channels.Email;

/// <summary>An e-mail to a list of recipients; the end of an alert answers its raise.</summary>
internal sealed class EmailChannel(Integration integration, EmailOptions settings, AccountLookup accounts, AlertText text, DigestText digests,
    IOptions<NotifierOptions> options, TimeProvider time, ILogger<EmailChannel> log) : INoticeChannel
{
    readonly MailServer _server = new(settings);

    public Integration Integration => integration;

    public string Recipient => string.Join(',', settings.To);

    public TimeSpan CallLimit => options.Value.Accounts.Patience + _server.CallLimit;

    public bool SendsNotices => settings.Enabled;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        var subject = text.SubjectOf(content, names, settings, settings.Subject, Markup.Plain.Escape);
        return await Post(new(content.DeliveryId, Markup.Plain.Finish(subject), text.Of(content, names, settings, settings.Markup.Escape))
        {
            Answers = content.Kind == ContentKind.Cleared
                ? DeliveryTable.IdOf(content.Episode.AlertId, DeliveryKind.Raised, integration.Name) : null,
        }, ct);
    }

    public async Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct)
    {
        var names = await accounts.FindAll([.. contents.Select(c => (c.Episode.Source, c.Episode.Labels))], ct);
        var (message, alerts) = digests.Of(contents, names, settings, settings.Markup.Escape);
        var id = Ids.From("digest", string.Join(' ', contents.Take(alerts).Select(content => content.DeliveryId.ToString("N"))));
        return new Digest(alerts, token => Post(new(id, FirstLine(message), message), token));
    }

    public Task SendNotice(NoticeContent notice, CancellationToken ct) => Post(new(IdOf(notice, notice.Kind), FirstLine(notice.Text), notice.Text)
    {
        Answers = notice.Kind == NoticeKind.AllClear ? IdOf(notice, NoticeKind.Warning) : null,
    }, ct);

    public async Task<string?> CheckVendor(CancellationToken ct)
    {
        await _server.Check(ct);
        return $"{settings.Host} lets us in{(settings.User.Length > 0 ? "" : " without a user")}; only a message shows whether it is taken";
    }

    async Task<Receipt> Post(EmailMessage message, CancellationToken ct)
    {
        var (said, refused) = await _server.Send(message.ToMime(settings, time.GetUtcNow()), ct);
        if (refused.Count > 0)
            log.LogWarning("{Channel}: the mail went to some recipients alone; refused: {Refused}", integration.Name, string.Join("; ", refused));
        return new Receipt(string.Join("; refused: ", [said, .. refused]));
    }

    Guid IdOf(NoticeContent notice, NoticeKind kind) => Ids.From("notice", notice.Subject.ToString("N"), kind.Stored(), integration.Name);

    static string FirstLine(string message) => Markup.Plain.Finish(message.Split('\n')[0]);
}
