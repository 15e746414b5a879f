namespace Sigma.Notifier.Channels.WhatsApp;

/// <summary>Section <c>Notifier:Channels:WhatsApp</c>.</summary>
public class WhatsAppOptions : ChatOptions
{
    /// <summary>The defaults.</summary>
    public WhatsAppOptions()
    {
        MessageEvery = TimeSpan.FromSeconds(5);
        DigestOver = 5;
    }
}
