using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Mail;

/// <summary>A mail server: who was sent what, and whom it refuses.</summary>
public sealed class MailHost : IVendor
{
    private int _signIns;

    internal MailHost(Inbox inbox) => Inbox = inbox;

    /// <summary>What was taken, once for each message: to all its recipients, as it came on the wire.</summary>
    public Inbox Inbox { get; }

    /// <summary>Addresses that cannot be written to.</summary>
    public Refusals Refusals { get; } = new([.. MailReplies.OfRecipients.Keys]);

    /// <summary>Where it listens on loopback.</summary>
    public int Port { get; internal set; }

    /// <summary>The certificate it shows, made out to <c>localhost</c> and signed by itself, in PEM form.</summary>
    public string CertificatePem => MailCertificate.Shown.ExportCertificatePem();

    /// <summary>How often somebody signed in.</summary>
    public int SignIns => Volatile.Read(ref _signIns);

    object? IVendor.State => new { Port, SignIns };

    internal void CountSignIn() => Interlocked.Increment(ref _signIns);

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
        _signIns = 0;
    }
}
