/* The page template that web/report builds, as bytes of the program. */
    .section .rodata
    .global regimetry_report_template_begin
    .global regimetry_report_template_end
    .balign 16
regimetry_report_template_begin:
    .incbin REGIMETRY_REPORT_TEMPLATE
regimetry_report_template_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits
