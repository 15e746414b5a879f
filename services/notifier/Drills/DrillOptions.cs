using System.ComponentModel.DataAnnotations;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Drills;

/// <summary>What is said of a drill, on every channel. Section <c>Notifier:Drill</c>.</summary>
public sealed class DrillOptions
{
    /// <summary>
    /// The Segware account that the channel to Segware puts a drill on, by its id: one made for tests. When empty, drills leave that channel out.
    /// </summary>
    [StringLength(64)]
    public string SegwareAccountId { get; set; } = "";

    /// <summary>What is said when it is raised, as the texts of the channels.</summary>
    [Required, TextTemplate]
    public string RaisedText { get; set; } =
        """
        🔧 *Teste do rastreador, ignore*
        Alguém confere se os avisos chegam. Não é um alerta e não há nada a fazer.
        Teste feito em {windowTo}
        """;

    /// <summary>What is said when it is cleared.</summary>
    [Required, TextTemplate]
    public string ClearedText { get; set; } =
        """
        🔧 *Fim do teste do rastreador, ignore*
        O aviso de fim também chega. Não é um alerta e não há nada a fazer.
        Teste de {raisedAt}
        """;

    /// <summary>The text when it was cleared before it could be delivered.</summary>
    [Required, TextTemplate]
    public string RaisedAndClearedText { get; set; } =
        """
        🔧 *Teste do rastreador, já encerrado, ignore*
        Alguém confere se os avisos chegam. Não é um alerta e não há nada a fazer.
        Teste de {raisedAt}
        """;
}
