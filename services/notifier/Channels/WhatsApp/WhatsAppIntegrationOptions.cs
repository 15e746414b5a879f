using System.ComponentModel.DataAnnotations;

namespace Sigma.Notifier.Channels.WhatsApp;

/// <summary>
/// An integration of the type <c>whatsapp</c>. What it does not set is as in <c>ChatPro</c> and <c>Notifier:Channels:WhatsApp</c>, but the recipient.
/// </summary>
public sealed class WhatsAppIntegrationOptions : WhatsAppOptions
{
    /// <summary>The instance that sends, and to whom.</summary>
    public ChatProOptions ChatPro { get; set; } = new();

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => base.Validate(validationContext).Concat(
        Enabled ? ChatPro.Missing.Select(key => new ValidationResult("is required while Enabled is true", [$"{nameof(ChatPro)}__{key}"])) : []);

    internal override string? ShownRecipient => ChatPro.Recipient.Length > 0 ? ChatPro.MaskedRecipient() : null;
}
