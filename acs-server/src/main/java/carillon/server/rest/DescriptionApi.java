package carillon.server.rest;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;

/** The API's description, read once from the resources' annotations. */
@Hidden
@Path("/api")
public final class DescriptionApi {
    private final String document;
    private final String page;

    DescriptionApi(Set<Class<?>> resources, String version) {
        OpenAPI description = new OpenAPI()
                .info(new Info()
                        .title("Carillon")
                        .version(version)
                        .description("An auto-configuration server (TR-069) for IP phones. Errors are"
                                + " application/problem+json (RFC 9457). Times are RFC 3339 in UTC.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer"))
                        .addSecuritySchemes(
                                "password",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList("token"))
                .addSecurityItem(new SecurityRequirement().addList("password"));
        OpenAPI read = new Reader(description).read(resources);
        read.setOpenapi("3.1.0");
        this.document = Json31.pretty(read);
        this.page = DescriptionPage.of(read);
    }

    /** The description for programs. */
    @GET
    @Path("openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    public String document() {
        return document;
    }

    /** The description for people. */
    @GET
    @Path("docs")
    @Produces(MediaType.TEXT_HTML + ";charset=utf-8")
    public String page() {
        return page;
    }
}
