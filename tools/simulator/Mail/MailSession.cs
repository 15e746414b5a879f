using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sigma.Simulator.Faults;

namespace Sigma.Simulator.Mail;

/// <summary>
/// A client's connection. A fault strikes <c>/smtp/connect</c>, <c>/smtp/auth</c>, <c>/smtp/mail</c>, <c>/smtp/rcpt</c>, <c>/smtp/data</c>, and
/// <c>/smtp/message</c> once the message is whole.
/// </summary>
internal sealed partial class MailSession(MailWire wire, MailHost host, MailOptions options, FaultBoard faults, ILogger log)
{
    private readonly List<string> _recipients = [];
    private string? _sender;
    private bool _greeted;
    private bool _signedIn;
    private bool _eightBit;

    public async Task Run(CancellationToken ct)
    {
        if (options.ImplicitTls)
        {
            await wire.Secure(ct);
        }

        if (await Strike("connect", ct) is { } refusal)
        {
            await wire.Reply(refusal, ct);
            return;
        }

        await wire.Reply("220 localhost ESMTP Simulated", ct);
        while (await wire.Read(ct) is { } line)
        {
            if (!line.EndsWith("\r\n", StringComparison.Ordinal))
            {
                await wire.Reply("500 5.5.2 Error: bare <LF> received", ct);
                return;
            }

            var command = line.TrimEnd('\r', '\n');
            var word = command.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "QUIT")
            {
                await wire.Reply("221 2.0.0 Bye", ct);
                return;
            }

            await Do(word, command, ct);
        }
    }

    private async Task Do(string word, string command, CancellationToken ct)
    {
        switch (word)
        {
            case "EHLO":
                _greeted = true;
                Forget();
                await wire.Reply(Greeting(), ct);
                break;
            case "STARTTLS" when options.OffersStartTls && !wire.IsSecure:
                await wire.Reply("220 2.0.0 Ready to start TLS", ct);
                await wire.Secure(ct);
                (_greeted, _signedIn) = (false, false);
                Forget();
                break;
            case "AUTH":
                await wire.Reply(await Strike("auth", ct) ?? await SignIn(command, ct), ct);
                break;
            case "MAIL":
                await wire.Reply(await Strike("mail", ct) ?? Sender(command), ct);
                break;
            case "RCPT":
                await wire.Reply(await Strike("rcpt", ct) ?? Recipient(command), ct);
                break;
            case "DATA":
                await Message(ct);
                break;
            case "RSET":
                Forget();
                await wire.Reply("250 2.0.0 Ok", ct);
                break;
            case "NOOP":
                await wire.Reply("250 2.0.0 Ok", ct);
                break;
            default:
                await wire.Reply("502 5.5.2 Error: command not recognized", ct);
                break;
        }
    }

    private List<string> Greeting()
    {
        List<string> lines = ["250 localhost", "250 PIPELINING", $"250 SIZE {options.SizeLimit}"];
        if (options.OffersStartTls && !wire.IsSecure)
        {
            lines.Add("250 STARTTLS");
        }

        if (wire.IsSecure)
        {
            lines.Add("250 AUTH PLAIN LOGIN");
        }

        return [.. lines, "250 ENHANCEDSTATUSCODES", "250 8BITMIME"];
    }

    private async Task<string> SignIn(string command, CancellationToken ct)
    {
        if (!wire.IsSecure)
        {
            return MailReplies.TlsFirst;
        }

        if (!_greeted || _signedIn || _sender is not null)
        {
            return MailReplies.BadOrder;
        }

        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (user, password) = words is [_, var mechanism, ..] && mechanism.Equals("LOGIN", StringComparison.OrdinalIgnoreCase)
            ? (Decoded(words.Length > 2 ? words[2] : await Ask("334 VXNlcm5hbWU6", ct)), Decoded(await Ask("334 UGFzc3dvcmQ6", ct)))
            : Plain(Decoded(words.Length > 2 ? words[2] : await Ask("334 ", ct)));
        if (user != options.User || password != options.Password)
        {
            return MailReplies.WrongPassword;
        }

        _signedIn = true;
        host.CountSignIn();
        return "235 2.7.0 Authentication successful";
    }

    private async Task<string> Ask(string question, CancellationToken ct)
    {
        await wire.Reply(question, ct);
        return (await wire.Read(ct) ?? "").TrimEnd('\r', '\n');
    }

    private string Sender(string command)
    {
        var asked = MailFrom().Match(command);
        if (!_greeted || _sender is not null)
        {
            return MailReplies.BadOrder;
        }

        if (options.RequireSignIn && !_signedIn)
        {
            return MailReplies.SignInFirst;
        }

        if (!asked.Success)
        {
            return "501 5.1.7 Bad sender address syntax";
        }

        var size = Size().Match(command) is { Success: true } said ? long.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        if (size > options.SizeLimit)
        {
            return "552 5.3.4 Message size exceeds fixed limit";
        }

        _sender = asked.Groups[1].Value;
        _eightBit = command.Contains("BODY=8BITMIME", StringComparison.OrdinalIgnoreCase);
        return MailReplies.Ok;
    }

    private string Recipient(string command)
    {
        if (_sender is null)
        {
            return MailReplies.BadOrder;
        }

        if (RcptTo().Match(command) is not { Success: true } asked)
        {
            return "501 5.1.3 Bad recipient address syntax";
        }

        var recipient = asked.Groups[1].Value;
        if (host.Refusals.Of(recipient) is { } word)
        {
            return string.Format(CultureInfo.InvariantCulture, MailReplies.OfRecipients[word], recipient);
        }

        if (_recipients.Count >= options.RecipientLimit)
        {
            return "452 4.5.3 Error: too many recipients";
        }

        _recipients.Add(recipient);
        return "250 2.1.5 Ok";
    }

    private async Task Message(CancellationToken ct)
    {
        if (_recipients.Count == 0)
        {
            await wire.Reply(_sender is null ? MailReplies.BadOrder : "554 5.5.1 Error: no valid recipients", ct);
            return;
        }

        if (await Strike("data", ct) is { } refusal)
        {
            await wire.Reply(refusal, ct);
            return;
        }

        await wire.Reply("354 End data with <CR><LF>.<CR><LF>", ct);
        var raw = new StringBuilder();
        while (await wire.Read(ct) is var line && line != ".\r\n")
        {
            if (line is null)
            {
                return; // what is not whole is nobody's
            }

            raw.Append(line.StartsWith('.') ? line[1..] : line);
        }

        await wire.Reply(await Take(new MailContent(raw.ToString()), ct), ct);
        Forget();
    }

    private async Task<string> Take(MailContent content, CancellationToken ct)
    {
        var fault = faults.Strike("SMTP", "/smtp/message");
        if (fault?.Kind is not (null or FaultKind.DoneThenHang or FaultKind.Cut or FaultKind.Delay))
        {
            return await Suffer(fault, ct) ?? "";
        }

        if (content.Complaint(options, _eightBit) is { } complaint)
        {
            log.LogInformation("Mail is refused: {Reply}", complaint);
            return complaint;
        }

        var body = JsonSerializer.SerializeToElement(new { from = _sender, to = _recipients, subject = content.Subject, raw = content.Raw });
        var post = host.Inbox.Add(string.Join(", ", _recipients), content.Raw, body, content.MessageId, fault?.Kind is null or FaultKind.Delay);
        return fault is not null && await Suffer(fault, ct) is { } word ? word
            : $"250 2.0.0 Ok: queued as {post.At.ToUnixTimeMilliseconds():X}";
    }

    private async Task<string?> Strike(string step, CancellationToken ct) =>
        faults.Strike("SMTP", $"/smtp/{step}") is { } fault ? await Suffer(fault, ct) : null;

    /// <returns>What is answered instead; null when all goes on.</returns>
    private static async Task<string?> Suffer(Fault fault, CancellationToken ct)
    {
        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, ct);
        }

        switch (fault.Kind)
        {
            case FaultKind.Delay:
                return null;
            case FaultKind.Hang or FaultKind.DoneThenHang:
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                return null;
            case FaultKind.Cut:
                throw new IOException("the simulator breaks the connection");
            default:
                var status = fault.Kind == FaultKind.Status ? fault.Status : 451;
                return $"{status} {status / 100}.3.0 Error: simulated fault";
        }
    }

    private void Forget()
    {
        _sender = null;
        _recipients.Clear();
    }

    private static string Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    private static (string User, string Password) Plain(string message) =>
        message.Split('\0') is [_, var user, var password] ? (user, password) : ("", "");

    [GeneratedRegex(@"^MAIL FROM:\s?<([^<>\s]*@[^<>\s]+|)>( .*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MailFrom();

    [GeneratedRegex(@"^RCPT TO:\s?<([^<>\s]+@[^<>\s]+)>( .*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RcptTo();

    [GeneratedRegex(@"\bSIZE=(\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
