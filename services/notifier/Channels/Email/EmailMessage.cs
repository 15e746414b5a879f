using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Email;

/// <summary>What a mail says, and where it belongs: its own id is made from what it tells, so that a repeated one is the same mail.</summary>
/// <param name="Id">What stands for it, unique among all there are.</param>
/// <param name="Subject">One line, without markup.</param>
/// <param name="Text">With the texts' own markup; see <see cref="Markup"/>.</param>
internal sealed record EmailMessage(Guid Id, string Subject, string Text)
{
    const int LongestSubject = 120;

    /// <summary>The mail that this one answers: the raise, to which people's programs then put it.</summary>
    public Guid? Answers { get; init; }

    /// <param name="settings">From whom, and to whom.</param>
    /// <param name="now">When.</param>
    public MimeMessage ToMime(EmailOptions settings, DateTimeOffset now)
    {
        var from = Mailbox.Read(settings.From)!;
        MimeMessage message = new()
        {
            Date = now, MessageId = Named(Id, from), Subject = Line(Answers is null ? Subject : $"Re: {Subject}"),
            Body = new MultipartAlternative(Part(TextFormat.Plain, Markup.Plain.Finish(Text)), Part(TextFormat.Html, Page(Text))),
        };
        message.From.Add(from);
        message.To.AddRange(settings.To.Select(Mailbox.Read).OfType<MailboxAddress>());
        message.Headers.Add("Auto-Submitted", "auto-generated"); // nobody's absence answers it
        if (Answers is { } raise)
        {
            message.InReplyTo = Named(raise, from);
            message.References.Add(message.InReplyTo);
        }
        return message;
    }

    static string Named(Guid id, MailboxAddress from) => $"{id:N}@{from.Domain}";

    // A line break in it would begin another header.
    static string Line(string subject) => PlainLine.Harmless(subject).Truncate(LongestSubject);

    static TextPart Part(TextFormat format, string text) => new(format)
    {
        Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable, // lines of any length, and letters of all kinds
    };

    static string Page(string text) =>
        $"""
        <!DOCTYPE html>
        <html><head><meta charset="utf-8"></head><body style="font:15px/1.5 sans-serif">
        {Markup.Html.Finish(text).Replace("\n", "<br>\n")}
        </body></html>
        """;
}
