namespace Sigma.Simulator.Mail;

/// <summary>A mail server that takes mail from those who sign in.</summary>
public sealed class MailOptions
{
    /// <summary>The loopback port; 0 takes a free one, which the log and <c>/_sim/vendors/mail</c> tell. Default: 0.</summary>
    public int Port { get; set; }

    /// <summary>Who may send.</summary>
    public string User { get; set; } = "tracker";

    /// <summary>The password.</summary>
    public string Password { get; set; } = "simulated-mail-password";

    /// <summary>Whether nobody may send without. Default: yes.</summary>
    public bool RequireSignIn { get; set; } = true;

    /// <summary>Whether TLS begins with the connection instead of STARTTLS, as on port 465. Default: no.</summary>
    public bool ImplicitTls { get; set; }

    /// <summary>Whether STARTTLS is offered, without which nobody may sign in. Default: yes.</summary>
    public bool OffersStartTls { get; set; } = true;

    /// <summary>Bytes a message may have. Default: 10,240,000, as Postfix has it.</summary>
    public int SizeLimit { get; set; } = 10_240_000;

    /// <summary>Recipients a message may have. Default: 50.</summary>
    public int RecipientLimit { get; set; } = 50;
}
