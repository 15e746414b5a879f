using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.OperatorConsole.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "console_alert_events",
                columns: table => new
                {
                    event_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    what = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false),
                    by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true),
                    text = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: true),
                    value = table.Column<double>(type: "double", nullable: true),
                    assigned_to = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true),
                    snoozed_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_console_alert_events", x => x.event_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "console_alerts",
                columns: table => new
                {
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    rule = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    severity = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false),
                    category = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: true),
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false, collation: "utf8mb4_0900_bin"),
                    summary = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    value = table.Column<double>(type: "double", nullable: true),
                    limit_value = table.Column<double>(type: "double", nullable: true),
                    unit = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: true),
                    url = table.Column<string>(type: "varchar(2000)", maxLength: 2000, nullable: true),
                    annotations = table.Column<string>(type: "mediumtext", nullable: true),
                    account = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true, collation: "utf8mb4_0900_bin"),
                    account_code = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true, collation: "utf8mb4_0900_bin"),
                    trade_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    company = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    client_group = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    names_due_at = table.Column<long>(type: "bigint", nullable: true),
                    since = table.Column<long>(type: "bigint", nullable: true),
                    raised_at = table.Column<long>(type: "bigint", nullable: false),
                    acknowledged_at = table.Column<long>(type: "bigint", nullable: true),
                    acknowledged_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true),
                    assigned_to = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true),
                    snoozed = table.Column<bool>(type: "tinyint(1)", nullable: false),
                    snoozed_until = table.Column<long>(type: "bigint", nullable: true),
                    updated_at = table.Column<long>(type: "bigint", nullable: true),
                    cleared_at = table.Column<long>(type: "bigint", nullable: true),
                    cleared_reason = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: true),
                    closed_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true),
                    shadow = table.Column<bool>(type: "tinyint(1)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_console_alerts", x => x.alert_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "console_audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false),
                    what = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false),
                    subject = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    before = table.Column<string>(type: "text", nullable: true),
                    after = table.Column<string>(type: "text", nullable: true),
                    address = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_console_audit", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "console_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    xml = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_console_keys", x => x.name);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "console_sequence",
                columns: table => new
                {
                    name = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    last = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_console_sequence", x => x.name);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "console_tokens",
                columns: table => new
                {
                    token_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    name = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    hash = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    role = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false),
                    limits = table.Column<string>(type: "text", nullable: true),
                    created_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    last_used_at = table.Column<long>(type: "bigint", nullable: true),
                    revoked_at = table.Column<long>(type: "bigint", nullable: true),
                    revoked_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_console_tokens", x => x.token_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "console_users",
                columns: table => new
                {
                    user_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    name = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    password_hash = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    role = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false),
                    limits = table.Column<string>(type: "text", nullable: true),
                    must_change_password = table.Column<bool>(type: "tinyint(1)", nullable: false),
                    failed_sign_ins = table.Column<int>(type: "int", nullable: false),
                    locked_until = table.Column<long>(type: "bigint", nullable: true),
                    disabled = table.Column<bool>(type: "tinyint(1)", nullable: false),
                    stamp = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    last_sign_in_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_console_users", x => x.user_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "console_views",
                columns: table => new
                {
                    view_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    owner = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    name = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    query = table.Column<string>(type: "varchar(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_console_views", x => x.view_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_console_alert_events_alert",
                table: "console_alert_events",
                columns: new[] { "alert_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_console_alerts_account",
                table: "console_alerts",
                columns: new[] { "account", "raised_at" });

            migrationBuilder.CreateIndex(
                name: "ix_console_alerts_cleared",
                table: "console_alerts",
                columns: new[] { "cleared_at", "alert_id" });

            migrationBuilder.CreateIndex(
                name: "ix_console_alerts_names",
                table: "console_alerts",
                column: "names_due_at");

            migrationBuilder.CreateIndex(
                name: "ix_console_alerts_raised",
                table: "console_alerts",
                columns: new[] { "raised_at", "alert_id" });

            migrationBuilder.CreateIndex(
                name: "ix_console_alerts_rule",
                table: "console_alerts",
                columns: new[] { "rule", "raised_at" });

            migrationBuilder.CreateIndex(
                name: "ix_console_alerts_sequence",
                table: "console_alerts",
                column: "sequence");

            migrationBuilder.CreateIndex(
                name: "ix_console_audit_at",
                table: "console_audit",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "uq_console_tokens_hash",
                table: "console_tokens",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "uq_console_users_name",
                table: "console_users",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "uq_console_views_name",
                table: "console_views",
                columns: new[] { "owner", "name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "console_alert_events");

            migrationBuilder.DropTable(
                name: "console_alerts");

            migrationBuilder.DropTable(
                name: "console_audit");

            migrationBuilder.DropTable(
                name: "console_keys");

            migrationBuilder.DropTable(
                name: "console_sequence");

            migrationBuilder.DropTable(
                name: "console_tokens");

            migrationBuilder.DropTable(
                name: "console_users");

            migrationBuilder.DropTable(
                name: "console_views");
        }
    }
}
