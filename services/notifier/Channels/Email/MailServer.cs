using System.Globalization;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Polly.Timeout;
using Sigma.Hosting.Texts;
using Sigma.Hosting.Time;
using Sigma.Hosting.Tls;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Channels.Email;

/// <summary>The mail server of an integration. Each message has a connection of its own: there are few, and none waits for one that broke.</summary>
internal sealed class MailServer(EmailOptions settings)
{
    static readonly TimeSpan ToLeave = TimeSpan.FromSeconds(2);

    readonly ServerTrust _trust = new(settings.CaFile);

    /// <summary>The longest <see cref="Send"/> takes.</summary>
    public TimeSpan CallLimit => settings.Timeout + ToLeave;

    /// <summary>Hands a message over; returns what the server says of it, and which recipients it does not take, without their names.</summary>
    /// <exception cref="DeliveryRefusedException">5xx: the server will never take it, or does not know who signs in.</exception>
    /// <exception cref="DeliveryPostponedException">4xx, or the server was never reached.</exception>
    /// <exception cref="IOException">The message was handed over, and the connection broke before the server's word.</exception>
    /// <exception cref="TimeoutRejectedException">The same, and the server is silent.</exception>
    public Task<(string Said, IReadOnlyList<string> Refused)> Send(MimeMessage message, CancellationToken ct) => Meet(async (submission, token) =>
    {
        var said = await submission.SendAsync(message, token);
        return (Shown(said), (IReadOnlyList<string>)[.. submission.Refused.Select(Shown)]);
    }, ct);

    /// <summary>Whether the server accepts the sign-in. Sends nothing; the exceptions are those of <see cref="Send"/>.</summary>
    public Task Check(CancellationToken ct) => Meet(async (submission, token) =>
    {
        await submission.NoOpAsync(token);
        return true;
    }, ct);

    async Task<T> Meet<T>(Func<MailSubmission, CancellationToken, Task<T>> talk, CancellationToken ct)
    {
        using CancellationTokenSource patience = new(settings.Timeout, SteadyTime.OfMachine);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        ContentWatch content = new();
        using MailSubmission submission = new(content)
        {
            ServerCertificateValidationCallback = _trust.Accept, CheckCertificateRevocation = false,
            Timeout = (int)(2 * settings.Timeout).TotalMilliseconds, // ours comes first, and says so
        };
        var isMet = false;
        try
        {
            await submission.ConnectAsync(settings.Host, settings.Port, settings.Tls switch
            {
                EmailTls.SslOnConnect => SecureSocketOptions.SslOnConnect,
                EmailTls.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, limit.Token);
            isMet = true;
            if (settings.User.Length > 0)
                await submission.AuthenticateAsync(Encoding.UTF8, settings.User, settings.Password, limit.Token);
            var said = await talk(submission, limit.Token);
            await Leave(submission, ct);
            return said;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            throw MeaningOf(e, isMet, content.Left);
        }
    }

    Exception MeaningOf(Exception e, bool isMet, bool contentLeft) => e switch
    {
        SmtpCommandException refused => Answered((int)refused.StatusCode, $"{(int)refused.StatusCode} {refused.Message}", isMet),
        AuthenticationException { InnerException: SmtpCommandException refused } =>
            Answered((int)refused.StatusCode, $"{(int)refused.StatusCode} {refused.Message}", isMet),
        AuthenticationException => Answered(CodeOf(e.Message), e.Message, isMet),
        OperationCanceledException or TimeoutException when contentLeft => new TimeoutRejectedException(settings.Timeout),
        _ when contentLeft => new IOException(Shown(e.Message), e),
        OperationCanceledException or TimeoutException =>
            new DeliveryPostponedException($"the mail server did not answer within {settings.Timeout.TotalSeconds:0.#} s"),
        SslHandshakeException => new DeliveryPostponedException(_trust.Refusal is { } refusal
            ? $"{settings.Host} is refused: {refusal}" : $"no TLS with {settings.Host}: {Shown(e.InnerException?.Message ?? e.Message)}"),
        _ => new DeliveryPostponedException(Shown(e.Message)),
    };

    // What a server says before it knows what it is to send is said of the server itself.
    Exception Answered(int status, string words, bool isMet) =>
        isMet && status >= 500 ? new DeliveryRefusedException(Shown(words)) : new DeliveryPostponedException(Shown(words));

    static int CodeOf(string words) => words.Length >= 3 && int.TryParse(words[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
        ? code : 535;

    // It has the message, whatever becomes of the connection.
    static async Task Leave(MailSubmission submission, CancellationToken ct)
    {
        using CancellationTokenSource patience = new(ToLeave, SteadyTime.OfMachine);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await submission.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception)
        {
            // Nothing is left to be said.
        }
    }

    /// <summary>What the server says, in one line, without addresses and password.</summary>
    string Shown(string said)
    {
        foreach (var recipient in settings.To.Append(settings.From))
            if (Mailbox.Read(recipient) is { } mailbox)
                said = said.Replace(mailbox.Address, Mailbox.Shown(recipient), StringComparison.OrdinalIgnoreCase);
        if (settings.Password.Length > 0)
            said = said.Replace(settings.Password, "…", StringComparison.Ordinal);
        return PlainLine.Of(said);
    }

    /// <summary>Goes on with the recipients that are taken.</summary>
    sealed class MailSubmission(ContentWatch content) : SmtpClient(content)
    {
        readonly List<SmtpCommandException> _refused = [];

        public IEnumerable<string> Refused => _refused.Select(e => $"{(int)e.StatusCode} {e.Message}");

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            _refused.Add(new(SmtpErrorCode.RecipientNotAccepted, response.StatusCode, mailbox, response.Response));

        // Tried again while any of them may be taken later.
        protected override void OnNoRecipientsAccepted(MimeMessage message) => throw _refused.MinBy(e => (int)e.StatusCode)!;
    }

    /// <summary>Sees when the server lets the message come: from then on it may have it, whatever happens.</summary>
    sealed class ContentWatch : IProtocolLogger
    {
        bool _asked;

        public bool Left { get; private set; }

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count)
        {
            var said = buffer.AsSpan(offset, count);
            _asked |= said.EndsWith("DATA\r\n"u8);
            Left |= said.StartsWith("BDAT "u8);
        }

        public void LogServer(byte[] buffer, int offset, int count) => Left |= _asked && count > 0 && buffer[offset] == '3';

        public void Dispose()
        {
        }
    }
}
