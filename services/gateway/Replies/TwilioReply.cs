using System.Security.Cryptography;
using System.Text;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Replies;

/// <summary>
/// Twilio's status callbacks. What one says is not gone by: it has the notifier ask Twilio at once, and not only when it would have asked again.
/// </summary>
/// <param name="Delivery">The delivery that the notifier named in the address.</param>
/// <param name="Message">Twilio's name for the message.</param>
internal sealed record TwilioReply(Guid Delivery, string Message)
{
    // Until then another word follows.
    static readonly string[] Final = ["delivered", "read", "undelivered", "failed", "canceled"];

    /// <summary>Null where it says nothing final of a delivery.</summary>
    /// <exception cref="ReplyRefusedException">It is not signed by Twilio.</exception>
    public static TwilioReply? Read(Uri address, IEnumerable<KeyValuePair<string, string>> form, string? signature, string? delivery,
        IEnumerable<string> tokens)
    {
        // The address as it was named, and after it the fields by name, without anything between.
        var fields = form.ToList();
        StringBuilder text = new(address.AbsoluteUri);
        foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            text.Append(name).Append(value);
        var signed = Encoding.UTF8.GetBytes(text.ToString());
        var isSigned = false;
        foreach (var token in tokens)
#pragma warning disable CA5350 // Twilio signs so
            isSigned |= SignedBody.IsBase64(signature, HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), signed));
#pragma warning restore CA5350
        if (!isSigned)
            throw ReplyRefusedException.Unsigned("the signature is not of this address, form and token");
        string? Field(string name) => fields.FirstOrDefault(field => field.Key == name).Value;
        return Guid.TryParse(delivery, out var id) && (Field("MessageSid") ?? Field("SmsSid")) is { Length: > 0 } message
            && Final.Contains(Field("MessageStatus") ?? Field("SmsStatus")) ? new(id, message) : null;
    }
}
