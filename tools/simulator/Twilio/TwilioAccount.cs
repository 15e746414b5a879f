using System.Collections.Concurrent;
using System.Globalization;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Twilio;

/// <summary>A Twilio account, and what becomes of its messages.</summary>
public sealed class TwilioAccount : IVendor
{
    internal const string Unsubscribed = "unsubscribed", Landline = "landline", Undelivered = "undelivered", Failed = "failed";

    private const int MessagesKept = 1_000, OutsideWindow = 63016, TemplateTooLong = 63021, UnknownDestination = 30005, UnknownError = 30008;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (TwilioMessage Message, string Final, int? ErrorCode)> _messages = [];
    private readonly Queue<string> _order = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _wroteAt = new();
    private readonly SimulatorOptions _options;
    private readonly TimeProvider _clock;
    private int _last;

    internal TwilioAccount(Inbox inbox, SimulatorOptions options, TimeProvider clock)
    {
        Inbox = inbox;
        _options = options;
        _clock = clock;
    }

    /// <summary>What was posted, by recipient.</summary>
    public Inbox Inbox { get; }

    /// <summary>
    /// Numbers refused at once, <c>unsubscribed</c> or <c>landline</c>, and those whose messages end <c>undelivered</c> or <c>failed</c>.
    /// </summary>
    public Refusals Refusals { get; } = new(Unsubscribed, Landline, Undelivered, Failed);

    /// <summary>The last 1,000 messages with their status at this moment, oldest first.</summary>
    public IReadOnlyList<TwilioMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _order.Select(sid => Now_NeedsLock(sid)!)];
            }
        }
    }

    object IVendor.State => new { messages = Messages };

    /// <summary>Someone writes on WhatsApp: free text reaches them for 24 hours.</summary>
    public void ReceiveFrom(string whatsAppNumber) => _wroteAt[whatsAppNumber] = _clock.GetUtcNow();

    /// <summary>Gives a message a status for good, whatever the time.</summary>
    /// <returns>False when there is no such message.</returns>
    public bool SetStatus(string sid, string status, int? errorCode = null)
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            if (!_messages.TryGetValue(sid, out var known))
            {
                return false;
            }

            _messages[sid] = (known.Message with { Status = status, ErrorCode = errorCode, UpdatedAt = now }, status, errorCode);
            return true;
        }
    }

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
        _wroteAt.Clear();
        lock (_lock)
        {
            _messages.Clear();
            _order.Clear();
        }
    }

    internal TwilioMessage? Find(string sid)
    {
        lock (_lock)
        {
            return Now_NeedsLock(sid);
        }
    }

    internal TwilioMessage Take(TwilioPost post)
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            var sid = $"SM{(++_last).ToString("x32", CultureInfo.InvariantCulture)}";
            var message = new TwilioMessage(sid, post.To, post.From, post.MessagingServiceSid, post.Text, now, "queued", null, now);
            var (final, errorCode) = Outcome(post, now);
            _messages[sid] = (message, final, errorCode);
            _order.Enqueue(sid);
            if (_order.Count > MessagesKept)
            {
                _messages.Remove(_order.Dequeue());
            }

            return message;
        }
    }

    // [U] Both of WhatsApp's errors come late, as a status, not with the post.
    private (string Final, int? ErrorCode) Outcome(TwilioPost post, DateTimeOffset now) => Refusals.Of(post.To) switch
    {
        Undelivered => (Undelivered, UnknownDestination),
        Failed => (Failed, UnknownError),
        _ when post.IsWhatsApp && post.IsTemplate => post.IsTemplateTooLong ? (Failed, TemplateTooLong) : ("delivered", null),
        _ when post.IsWhatsApp && !(now - _wroteAt.GetValueOrDefault(post.To) < TimeSpan.FromHours(24)) => (Undelivered, OutsideWindow),
        _ => ("delivered", null),
    };

    private TwilioMessage? Now_NeedsLock(string sid)
    {
        if (!_messages.TryGetValue(sid, out var known) || known.Message.Status != "queued")
        {
            return known.Message;
        }

        var (message, final, errorCode) = known;
        var age = _clock.GetUtcNow() - message.CreatedAt;
        var twilio = _options.Twilio;
        return age >= twilio.FinalAfter ? message with { Status = final, ErrorCode = errorCode, UpdatedAt = message.CreatedAt + twilio.FinalAfter }
            : age >= twilio.SentAfter && final != Failed ? message with { Status = "sent", UpdatedAt = message.CreatedAt + twilio.SentAfter }
            : message;
    }
}
