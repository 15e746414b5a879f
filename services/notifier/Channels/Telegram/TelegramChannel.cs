using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Telegram;

/// <summary>A message of a bot to a Telegram chat.</summary>
internal sealed class TelegramChannel(Integration integration, TelegramOptions settings, ApiClients clients, AccountLookup accounts, AlertText text,
    DigestText digests, IOptions<NotifierOptions> options, TimeProvider time, ILogger<TelegramChannel> log) : INoticeChannel
{
    readonly string _bot = $"{settings.BaseUrl.TrimEnd('/')}/bot{settings.Token}";
    readonly VendorApi _api = new(clients, integration, settings.Api, [settings.Token], time);
    volatile string _chat = settings.ChatId;

    public Integration Integration => integration;

    public string Recipient => settings.ChatId;

    // A message may be sent a second time: to the chat's new number, or without markup.
    public TimeSpan CallLimit => options.Value.Accounts.Patience + 2 * _api.CallLimit;

    public bool SendsNotices => settings.Enabled;

    public async Task<Receipt> Send(DeliveryContent content, CancellationToken ct)
    {
        var names = await accounts.Find(content.Episode.Source, content.Episode.Labels, ct);
        return await Post(text.Of(content, names, settings, settings.Markup.Escape), TelegramReply.To(content.RaiseReceipt), ct);
    }

    public async Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct)
    {
        var names = await accounts.FindAll([.. contents.Select(c => (c.Episode.Source, c.Episode.Labels))], ct);
        var (message, alerts) = digests.Of(contents, names, settings, settings.Markup.Escape);
        return new Digest(alerts, token => Post(message, null, token));
    }

    public Task SendNotice(NoticeContent notice, CancellationToken ct) => Post(notice.Text, null, ct);

    public async Task<string?> CheckVendor(CancellationToken ct)
    {
        await Get("getMe");
        await Get($"getChat?chat_id={Uri.EscapeDataString(_chat)}");
        return $"Telegram knows the bot, which sees the chat {Shown}";

        async Task Get(string what)
        {
            var answer = await _api.Get(new Uri($"{_bot}/{what}"), _ => { }, ct, Failure);
            if (TelegramAnswer.Read(answer.Text) is not { Ok: true })
                throw new UnexpectedResponseException("200 without Telegram's answer");
        }
    }

    async Task<Receipt> Post(string message, TelegramReply? reply, CancellationToken ct)
    {
        try
        {
            return await Call(TelegramMessage.Html(_chat, message) with { Reply = reply }, ct);
        }
        catch (ChatMovedException e)
        {
            _chat = e.Chat;
            log.LogWarning("{Channel}: the group is a supergroup now, and its number ends in {ChatId}; set ChatId to it", integration.Name, Shown);
            return await Call(TelegramMessage.Html(_chat, message) with { Reply = reply }, ct);
        }
        catch (MarkupRefusedException)
        {
            return await Call(TelegramMessage.Plain(_chat, message) with { Reply = reply }, ct);
        }
    }

    async Task<Receipt> Call(TelegramMessage message, CancellationToken ct)
    {
        var body = await _api.Post(new Uri(_bot + "/sendMessage"), message, ct, Failure);
        if (body.IsPage)
            throw new UnexpectedResponseException("200 with a page instead of Telegram's answer");
        return TelegramAnswer.Read(body.Text) is { Ok: true, Result: { } sent } ? new Receipt(sent.Receipt)
            : throw new DeliveryUnconfirmedException($"200 without the message that Telegram always returns: {_api.Shown(body.Text)}");
    }

    Exception? Failure(HttpStatusCode status, string said)
    {
        var answer = TelegramAnswer.Read(said);
        var words = $"{(int)status} {_api.Shown(answer?.Description ?? said)}";
        return (status, answer) switch
        {
            (_, { Parameters.RetryAfter: { } seconds }) => new DeliveryPostponedException(words, Bounded(seconds)),
            (HttpStatusCode.BadRequest, { Parameters.MigrateToChatId: { } moved }) =>
                new ChatMovedException(words, moved.ToString(CultureInfo.InvariantCulture)),
            (HttpStatusCode.BadRequest, { Description: { } description }) when description.Contains("parse entities", StringComparison.Ordinal) =>
                new MarkupRefusedException(words),
            (HttpStatusCode.BadRequest, not null) => new DeliveryRefusedException(words),
            (HttpStatusCode.NotFound, _) => new DeliveryPostponedException(words), // no bot has this token: a wrong setting, not a wrong message
            _ => null,
        };
    }

    TimeSpan Bounded(int seconds)
    {
        var asked = TimeSpan.FromSeconds(Math.Max(0, seconds));
        return asked < settings.Api.Patience.RetryAfterLimit ? asked : settings.Api.Patience.RetryAfterLimit;
    }

    string Shown => _chat.Length > 4 ? "…" + _chat[^4..] : "…";

    /// <summary>The group became a supergroup.</summary>
    sealed class ChatMovedException(string words, string chat) : Exception(words)
    {
        public string Chat => chat;
    }

    /// <summary>Telegram cannot read the markup of a text.</summary>
    sealed class MarkupRefusedException(string words) : Exception(words);
}
